"""What Korean prose calls the names of the field: rows of `pipeline.verify.name_tables`.

Add a row when a post uses a transliteration that is not here; the first Latin form is the usual one.
"""

from __future__ import annotations

# Korean forms | Latin forms as they may stand in a newsletter (normalised: lower case, letters and digits only).
# Written so that a person can read and extend it: one row a name.
COMPANIES = """
구글 | google alphabet deepmind gemini googledeepmind googleai
알파벳 | alphabet google
딥마인드,구글 딥마인드 | deepmind googledeepmind gdm
엔비디아,엔비디어 | nvidia nvda
오픈AI,오픈에이아이 | openai oai
메타,메타AI | meta metaai fair aiatmeta
페이스북 | facebook meta fb
앤트로픽,앤스로픽,앤쓰로픽 | anthropic anthropicai
미스트랄,미스트랄AI | mistral mistralai
허깅페이스,허깅 페이스 | huggingface hf
마이크로소프트 | microsoft msft ms
애플 | apple
아마존 | amazon aws
테슬라 | tesla
코히어,코히어AI | cohere cohereforai
퍼플렉시티 | perplexity perplexityai
삼성,삼성전자 | samsung
인텔 | intel
퀄컴 | qualcomm
브로드컴 | broadcom
에이엠디 | amd
텐센트 | tencent
알리바바 | alibaba qwen
바이두 | baidu ernie
바이트댄스 | bytedance
화웨이 | huawei
샤오미 | xiaomi
오라클 | oracle
세일즈포스 | salesforce
스노우플레이크,스노플레이크 | snowflake
데이터브릭스 | databricks
스태빌리티AI,스태빌리티 AI,스테빌리티 AI | stability stabilityai
미드저니 | midjourney
런웨이 | runway runwayml
일레븐랩스 | elevenlabs
어도비 | adobe
깃허브 | github
깃랩 | gitlab
노션 | notion
슬랙 | slack
디스코드 | discord
레딧 | reddit
유튜브 | youtube
트위터 | twitter x
링크드인 | linkedin
넷플릭스 | netflix
스포티파이 | spotify
우버 | uber
에어비앤비 | airbnb
스트라이프 | stripe
액센추어,액센츄어 | accenture
세쿼이아 | sequoia sequoiacap
모더나 | moderna
사카나 AI,사카나AI | sakana sakanaai
레플릿 | replit
오픈라우터 | openrouter openrouterai
웨이모 | waymo
쇼피파이 | shopify
팔란티어 | palantir
소프트뱅크 | softbank
네이버 | naver
카카오 | kakao
그로크 | groq
세레브라스 | cerebras
삼바노바 | sambanova
투게더AI,투게더 AI | together togetherai togethercompute
파이어웍스 | fireworks fireworksai
레플리케이트 | replicate
람다랩스 | lambda lambdalabs
코어위브 | coreweave
캐글 | kaggle
위키피디아 | wikipedia
스케일AI,스케일 AI | scale scaleai
인플렉션 | inflection inflectionai
캐릭터AI,캐릭터 AI | character characterai
문샷,문샷AI,문샷 AI | moonshot moonshotai kimi
즈푸,즈푸AI | zhipu zai
미니맥스 | minimax
리플릿 | replit
버셀 | vercel
클라우드플레어 | cloudflare
스페이스X,스페이스엑스 | spacex
월마트 | walmart
소니 | sony
디즈니 | disney
뉴욕타임스 | newyorktimes nytimes nyt
블룸버그 | bloomberg
로이터 | reuters
스탠퍼드,스탠포드 | stanford
버클리,UC 버클리 | berkeley ucberkeley
하버드 | harvard
프린스턴 | princeton
카네기멜런,카네기 멜런 | cmu carnegiemellon
옥스퍼드 | oxford
칭화대 | tsinghua thu
"""
MODELS = """
챗GPT,챗지피티 | chatgpt
지피티 | gpt
제미나이,제미니 | gemini
클로드 | claude anthropic
라마 | llama
젬마 | gemma
큐웬,첸원,퀜 | qwen
딥시크 | deepseek
그록 | grok
소네트,소넷 | sonnet
오푸스 | opus
하이쿠 | haiku
코파일럿 | copilot
소라 | sora
위스퍼 | whisper
팰컨 | falcon
믹스트랄 | mixtral
코덱스 | codex
키미 | kimi
비쿠냐 | vicuna
알파카 | alpaca
스테이블 디퓨전 | stablediffusion sd sdxl sd3 sd15
스테이블 캐스케이드 | stablecascade
플럭스 | flux
코랄 | coral
노트북LM,노트북 LM | notebooklm
알파폴드 | alphafold
알파고 | alphago
옵티머스 | optimus
"""
TOOLS = """
파이토치 | pytorch torch
텐서플로,텐서플로우 | tensorflow
쿠다 | cuda
트라이튼 | triton
도커 | docker
쿠버네티스 | kubernetes k8s
랭체인 | langchain
라마인덱스 | llamaindex
올라마 | ollama
리눅스 | linux
안드로이드 | android
아이폰 | iphone
아이패드 | ipad
맥북 | macbook mac
파이썬 | python
자바스크립트 | javascript js
타입스크립트 | typescript ts
러스트 | rust
모조 | mojo
크롬 | chrome
파이어폭스 | firefox
블렌더 | blender
엑셀 | excel
포토샵 | photoshop
블랙웰 | blackwell b200 gb200 b100 b300
호퍼 | hopper h100 h200
라즈베리파이,라즈베리 파이 | raspberrypi
"""
PEOPLE = """
일론 머스크,머스크 | elonmusk musk elon
샘 올트먼,샘 알트만,샘 올트만,올트먼,알트만,올트만 | samaltman sama altman sam
젠슨 황 | jensenhuang jensen
얀 르쿤,얀 르쾽,르쿤 | yannlecun ylecun lecun
안드레이 카파시,안드레이 카르파티,카파시,카르파티 | andrejkarpathy karpathy
일리야 수츠케버,수츠케버 | ilyasutskever ilya sutskever ilyasut
다리오 아모데이,아모데이 | darioamodei amodei dario
데미스 하사비스,하사비스 | demishassabis hassabis demis
마크 저커버그,저커버그,주커버그 | markzuckerberg zuckerberg zuck
사티아 나델라,나델라 | satyanadella satya nadella
순다르 피차이,피차이 | sundarpichai sundar pichai
팀 쿡 | timcook cook
앤드루 응,앤드류 응 | andrewng andrewyng ng
제프리 힌턴,힌턴 | geoffreyhinton hinton geoffhinton
요슈아 벤지오,벤지오 | yoshuabengio bengio
프랑수아 숄레,숄레 | francoischollet fchollet chollet
그렉 브록먼,그레그 브록먼,브록먼 | gregbrockman gdb brockman
미라 무라티,무라티 | miramurati murati
존 슐먼,슐먼 | johnschulman schulman
짐 팬 | jimfan drjimfan
제프 딘 | jeffdean
무스타파 술레이만,술레이만 | mustafasuleyman suleyman mustafa
빌 게이츠 | billgates gates
제프 베이조스,베이조스 | jeffbezos bezos
에릭 슈밋,에릭 슈미트 | ericschmidt schmidt
조지 호츠 | georgehotz geohot
소피아 양 | sophiamyang sophia
아라빈드 스리니바스 | aravsrinivas aravindsrinivas
클레망 들랑그 | clementdelangue clem
제러미 하워드,제레미 하워드 | jeremyhoward jeremyphoward
노엄 샤지어 | noamshazeer shazeer
노엄 브라운 | noambrown polynoamial
조 바이든,바이든 | joebiden biden
도널드 트럼프,트럼프 | trump donaldtrump
"""
# A place is often added from knowledge ("중국의 DeepSeek"): worth an editor's look, not an error.
PLACES = """
중국 | china chinese prc cn beijing
미국 | us usa unitedstates america american
일본 | japan japanese
한국 | korea korean
프랑스 | france french
영국 | uk britain british england
독일 | germany german
유럽 | europe european eu
인도 | india indian
대만 | taiwan taiwanese tsmc
캐나다 | canada canadian
이스라엘 | israel israeli
러시아 | russia russian
싱가포르 | singapore
사우디 | saudi
두바이 | dubai uae
샌프란시스코 | sanfrancisco sf
실리콘밸리,실리콘 밸리 | siliconvalley bayarea sf
뉴욕 | newyork nyc
런던 | london
파리 | paris
도쿄 | tokyo
워싱턴 | washington
시애틀 | seattle
"""
