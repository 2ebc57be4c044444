"""Sentences for the checks of numbers and names: what a newsletter might say, Korean that holds, Korean that does not.

All written for these tests.
"""

from __future__ import annotations

GROQ = "@acme: Llama 3 70B on Groq now costs $0.65/1M input tokens and $2.75/1M output tokens, at 284 tok/s."
PRICES = "Opus 4.7 keeps its price of $5 / $25 per million input/output tokens and a 1M token context window."
MONEY = "NorthStar raised $1.04 billion at a $13.8B valuation; its revenue is $30M annualized and it has 650 employees."
DATA = "The release has 55K+ user/LLM conversations, 1,000,000 votes and about 34M labelled pairs."
BENCH = "Kestrel 2 reaches SWE-bench Pro 64.3%, SWE-bench Verified 87.6%, and TerminalBench 69.4%."
CHANGE = "Hallucinations dropped from 27% to 9%, while layout regressed (16.5% → 14.0%), a 2.5 percentage point loss."
SPEED = "Decoding is 2-4x faster than before, runs at 30–35 tok/s on a 24GB card and needs 20-30GB of VRAM."
MODEL = "Qwen3-30B-A3B has 30B total and 3B active parameters, in 4-bit (Q4_K_M) it fits in 18 GB; 8x22B does not."
DATES = "The workshop is on Thursday, June 20th at 10 a.m. PT; the model ships on May 3, 2024, or in Q3."
BOUNDS = "It accepts up to 128K tokens, scores >80% on MMLU, costs <$1 per hour and has 90+ plugins after ~4 hours."
SCIENCE = "Training used 10^26 FLOPs at a learning rate of 1e-5 for 18 months on 100,000 H100 GPUs in 12 countries."
WORDS = "Half a million people signed up, twice as many as in March; a third of them pay $20/mo, two teams won."
SERVER = (
    "The endpoint allows 1000 requests per day, answers in 350 ms, and streams video at 24fps in 1080p for 30 seconds."
)
BYTES = "The file is 1.5TB, the cache 512MB, bandwidth 40TB/s, the chip draws 700W at 2.6 GHz."
RANK = "Scout ranked 97th of 192 on the leaderboard with an Elo of 1417, up 32 points in 3 weeks."
VAGUE = "Hundreds of thousands of users and dozens of labs tried it; the logs hold 59 130 246 tokens."
CONTEXT = "The window grew from 4096 to 8192 tokens; a 1048k variant exists; Kestrel scored 90.6 on a 120k test."
EURO = "Corvus won a €600 million round and a £20 million grant; the yen fell 3%; ¥5 billion went to chips."
SIZES = "Images up to 2,576 px (3.75MP) work; the small model has 1.8B parameters, the large one 405B."
MANY = "Three methods were compared: SFT, DPO and PPO; five of the 8 GPUs failed; the 2nd run took 6 hours."
TIMES = "Training fell from 14 days to 36 hours; the update takes 5 minutes, 20 seconds locally; 200 µs per call."
PERCENT = "Adoption reached 45 percent; a 14% lift, 0.3% error, 3-4% efficiency; prices were halved; 90-95% detectable."
CREDIT = "Each user gets $500 of credits, a 6-month pass at 1.5 million won; a $100k prize pool; fees of 99 cents."
KOREA = "Kite Labs will invest 3.5 trillion won over five years and hire 1,200 engineers by 2027."
MIX = "The mix is 15T tokens: 80% web, 12% code and 8% math; batch size 4,096; 2 epochs; 128 experts, 17B active."
TASKS = "It solves 62 of 80 tasks at $1.20 per task; humans need 3 hours; 250 people took part in 40 countries."
MULTIPLES = "Kestrel 4 goes from 47 to 127 tok/s, a 2.7× gain; splits grow 1.0–1.35× and replies take 1.3× the median."
CLOCKS = "Prefill drops from 1.9 s to 1.3 s; the notebook needs 3 h 20 min on a 75 W card; the 4-bit build takes 54 GB."
EXACT = "It ran on 52,635 distinct failing tests and cost $42,121, up from $345; 90 colleagues read all 342 reports."
CENTS = "OCR costs ~7¢/page, against ~1.25¢/page in the cheap mode."
FAMILY = (
    "Juniper comes in 8B / 4B / 1.7B with 128K and 32K tokens of context respectively; those above 70B lost 3.4 points."
)
SEEDS = (
    "Changing the seed moved the score between 58.5% and 64.0% over 20 runs; the loss was reproduced within a point."
)
PER = "It fixed 158 issues at an average cost of $0.42 per attempt; memory is $30 per gigabyte, power $66 a year."
FINISHED = "Cost per finished task fell from $3.10 to $1.27, and a session that fails costs $4.80 on average."
WIND = "Wind at day 5 was off by 1.7 m/s; for rain the public forecast won on 47 of the 81 days."
CACHE = (
    "No more than 48K tokens of cache fit; a reader reports 29 tok/s and a window of 300K; "
    "scores hold above 95% to 96K tokens."
)
MOVES = "Memory use fell from 16 GB to 9 GB, 40% less than before; decoding is 20x faster and usage grew 98% in May."
FARES = "The court ordered a refund of $650.88 CAD; Orca is valued at $80-100B; the letters are from 1800-1899."
PLAIN = "Kestrel scores 64.3% on SWE-bench and costs $5 per 1M tokens."

FAITHFUL: tuple[tuple[str, str], ...] = (
    ("The API costs $20 per month.", "API를 ①월 20달러에 제공합니다."),
    ("The API costs $20 per month.", "API를 日월 20달러에 제공합니다."),
    ("About 30 thousand people use it.", "①약 3만 명이 씁니다."),
    ("It is twice as fast since Monday, with hundreds of users.", "①월요일부터 ②두 배 빠르고 ③수백 명이 씁니다."),
    (GROQ, "Groq에서 Llama 3 70B는 100만 입력 토큰당 0.65달러, 100만 출력 토큰당 2.75달러이며 초당 284토큰을 냅니다."),
    (GROQ, "Llama 3 70B의 가격은 입력 $0.65/1M, 출력 $2.75/1M 토큰입니다."),
    (GROQ, "700억 개 매개변수의 라마 3가 284 tok/s로 동작합니다."),
    (GROQ, "토큰 100만 개당 입력은 0.65달러, 출력은 2.75달러입니다."),
    (GROQ, "백만 토큰당 입력 0.65달러에 제공됩니다."),
    (GROQ, "입력 0.65달러, 출력 2.75달러(100만 토큰당)로 초당 284개 토큰을 생성합니다."),
    (PRICES, "Opus 4.7의 가격은 100만 토큰당 입력 5달러, 출력 25달러로 그대로입니다."),
    (PRICES, "Opus 4.7은 100만 토큰 컨텍스트를 지원합니다."),
    (PRICES, "컨텍스트 창은 1M 토큰이며, 요금은 100만 토큰당 5달러/25달러입니다."),
    (PRICES, "Opus 4.7은 백만 토큰 컨텍스트를 유지합니다."),
    (MONEY, "NorthStar는 138억 달러 기업 가치로 10억 4천만 달러를 조달했습니다."),
    (MONEY, "NorthStar가 10.4억 달러를 유치했고 직원은 650명입니다."),
    (MONEY, "NorthStar의 연 환산 매출은 3천만 달러입니다."),
    (MONEY, "연간 환산 매출 3,000만 달러, 기업 가치 $13.8B를 기록했습니다."),
    (MONEY, "NorthStar는 약 10억 달러를 조달했습니다."),
    (DATA, "5만 5천 건 이상의 대화와 100만 표가 공개되었습니다."),
    (DATA, "5만5천 개가 넘는 사용자 대화, 약 3,400만 쌍의 데이터가 들어 있습니다."),
    (DATA, "55K+ 대화와 백만 건의 투표를 담았습니다."),
    (DATA, "대략 3400만 개의 쌍을 제공합니다."),
    (DATA, "1,000,000개의 투표가 포함되었습니다."),
    (BENCH, "Kestrel 2는 SWE-bench Pro 64.3%, SWE-bench Verified 87.6%, TerminalBench 69.4%를 기록했습니다."),
    (BENCH, "Kestrel 2는 TerminalBench에서 69.4%, SWE-bench Pro에서 64.3%를 얻었습니다."),
    (BENCH, "세 벤치마크에서 각각 64.3%, 87.6%, 69.4%를 얻었습니다."),
    (BENCH, "SWE-bench Verified 점수는 87.6퍼센트입니다."),
    (CHANGE, "환각이 27%에서 9%로 줄었습니다."),
    (CHANGE, "환각 비율은 27% → 9%로 낮아졌지만 레이아웃은 16.5%에서 14%로 나빠졌습니다."),
    (CHANGE, "레이아웃 점수가 2.5%p 떨어졌습니다."),
    (CHANGE, "레이아웃은 2.5퍼센트포인트 하락한 14.0%입니다."),
    (SPEED, "디코딩이 이전보다 2~4배 빨라졌습니다."),
    (SPEED, "24GB 카드에서 초당 30~35토큰으로 동작하며 VRAM 20~30GB가 필요합니다."),
    (SPEED, "2배에서 4배 빠르고 30-35 tok/s를 냅니다."),
    (SPEED, "VRAM은 20GB에서 30GB가 필요합니다."),
    (MODEL, "Qwen3-30B-A3B는 총 300억 개 매개변수 중 30억 개를 활성화합니다."),
    (MODEL, "4비트(Q4_K_M)로 양자화하면 18GB에 들어갑니다."),
    (MODEL, "8x22B는 18GB에 들어가지 않습니다."),
    (MODEL, "활성 매개변수는 3B, 전체는 30B입니다."),
    (MODEL, "300억 파라미터 모델을 4-bit로 실행합니다."),
    (DATES, "워크숍은 6월 20일 목요일 오전 10시(PT)에 열립니다."),
    (DATES, "모델은 2024년 5월 3일 또는 3분기에 나옵니다."),
    (DATES, "5월 3일에 출시됩니다."),
    (DATES, "6월 20일 워크숍이 예정되어 있습니다."),
    (BOUNDS, "최대 128K 토큰을 받으며 MMLU에서 80%를 넘습니다."),
    (BOUNDS, "시간당 1달러 미만이며 플러그인은 90개 이상입니다."),
    (BOUNDS, "12만 8천 토큰까지 입력할 수 있습니다."),
    (BOUNDS, "약 4시간 뒤에 90개가 넘는 플러그인이 설치되었습니다."),
    (BOUNDS, "MMLU 80% 초과를 기록했습니다."),
    (SCIENCE, "학습에 10^26 FLOPs가 쓰였고 학습률은 1e-5입니다."),
    (SCIENCE, "10의 26제곱 FLOP 규모로 18개월 동안 H100 GPU 10만 장을 썼습니다."),
    (SCIENCE, "1년 6개월 동안 12개국에서 진행했습니다."),
    (SCIENCE, "H100 100,000개를 사용했습니다."),
    (WORDS, "50만 명이 가입했으며 이는 3월의 두 배입니다."),
    (WORDS, "가입자 3분의 1이 월 20달러를 내고 두 팀이 우승했습니다."),
    (WORDS, "3월보다 2배 많은 50만 명이 등록했습니다."),
    (WORDS, "3분의 1은 매달 20달러를 냅니다."),
    (WORDS, "20달러/월 요금제를 씁니다."),
    (SERVER, "하루 1,000회 요청을 허용하고 350ms 안에 응답합니다."),
    (SERVER, "응답은 350밀리초, 영상은 30초 길이의 24fps입니다."),
    (SERVER, "초당 24프레임의 1080p 영상을 30초 동안 보냅니다."),
    (SERVER, "일일 요청은 1천 건입니다."),
    (BYTES, "파일은 1.5TB, 캐시는 512MB, 대역폭은 40TB/s입니다."),
    (BYTES, "칩은 2.6GHz에서 700와트를 소비합니다."),
    (BYTES, "대역폭이 초당 40테라바이트에 이릅니다."),
    (BYTES, "캐시 512메가바이트, 소비 전력 700W입니다."),
    (RANK, "Scout는 192개 중 97위이며 Elo는 1417점입니다."),
    (RANK, "Scout는 3주 만에 32점 올랐습니다."),
    (RANK, "Elo 1417로 97위를 기록했습니다."),
    (VAGUE, "수십만 명의 사용자와 수십 개 연구소가 써 보았습니다."),
    (VAGUE, "로그에는 59,130,246개 토큰이 있습니다."),
    (CONTEXT, "창이 4096에서 8192 토큰으로 늘었습니다."),
    (CONTEXT, "4,096토큰이던 창이 8,192토큰이 되었고 1048k 변형도 있습니다."),
    (CONTEXT, "Kestrel은 120K 테스트에서 90.6점을 얻었습니다."),
    (CONTEXT, "창이 4K에서 8K로 커졌습니다."),
    (EURO, "Corvus는 6억 유로 투자와 2천만 파운드 지원금을 받았습니다."),
    (EURO, "엔화는 3% 떨어졌고 50억 엔이 칩에 쓰였습니다."),
    (EURO, "€600M 라운드를 마쳤습니다."),
    (SIZES, "이미지는 최대 2,576px(3.75MP)까지 지원합니다."),
    (SIZES, "작은 모델은 18억, 큰 모델은 4,050억 개 매개변수를 가집니다."),
    (SIZES, "1.8B와 405B 두 모델이 있습니다."),
    (SIZES, "375만 픽셀 이미지를 처리합니다."),
    (MANY, "SFT, DPO, PPO 세 가지 방법을 비교했습니다."),
    (MANY, "GPU 8개 중 5개가 고장 났습니다."),
    (MANY, "두 번째 실행은 6시간이 걸렸습니다."),
    (MANY, "3가지 방법이 비교되었고 여덟 개 GPU 중 다섯 개가 멈췄습니다."),
    (TIMES, "학습 시간이 14일에서 36시간으로 줄었습니다."),
    (TIMES, "업데이트는 5분, 로컬에서는 20초가 걸립니다."),
    (TIMES, "호출당 200마이크로초가 걸립니다."),
    (TIMES, "2주 걸리던 학습이 36시간으로 단축되었습니다."),
    (PERCENT, "도입률은 45%이고 14% 향상, 오류율은 0.3%입니다."),
    (PERCENT, "가격이 절반으로 내렸고 효율은 3~4% 좋아졌습니다."),
    (PERCENT, "90~95%는 탐지됩니다."),
    (PERCENT, "가격이 50% 인하되었습니다."),
    (CREDIT, "사용자마다 500달러 크레딧과 6개월 이용권(150만 원)을 받습니다."),
    (CREDIT, "총상금은 10만 달러, 수수료는 99센트입니다."),
    (CREDIT, "상금은 모두 합해 $100k입니다."),
    (KOREA, "Kite Labs는 5년간 3조 5천억 원을 투자하고 2027년까지 1,200명을 채용합니다."),
    (KOREA, "다섯 해 동안 3.5조 원을 들여 엔지니어 1200명을 뽑습니다."),
    (MIX, "15조 토큰 가운데 웹 80%, 코드 12%, 수학 8%입니다."),
    (MIX, "배치 크기는 4096, 2에포크이며 전문가는 128개, 활성 매개변수는 170억 개입니다."),
    (MIX, "전문가 128개를 두고 17B를 활성화합니다."),
    (TASKS, "80개 과제 중 62개를 작업당 1.2달러에 해결합니다."),
    (TASKS, "40개국에서 250명이 참여했고 사람은 3시간이 필요합니다."),
    (MULTIPLES, "Kestrel 4는 초당 47토큰에서 127토큰으로 2.7배 빨라졌습니다."),
    (MULTIPLES, "같은 입력이 1.0~1.35배로 늘고, 답은 중앙값의 1.3배가 걸립니다."),
    (CLOCKS, "프리필이 1.9초에서 1.3초로 줄었고 노트북은 3시간 20분이 걸립니다."),
    (CLOCKS, "75와트 카드에서 4비트 빌드는 54기가바이트를 차지합니다."),
    (EXACT, "서로 다른 실패 테스트 5만 2,635건에 썼고 비용은 345달러에서 4만 2,121달러로 늘었습니다."),
    (EXACT, "동료 90명이 보고서 342건을 모두 읽었습니다."),
    (CENTS, "OCR은 쪽당 약 7센트로, 싼 방식의 약 1.25센트보다 비쌉니다."),
    (FAMILY, "Juniper는 8B, 4B, 1.7B로 나왔습니다."),
    (FAMILY, "맥락 길이가 128K인 모델과 32K인 모델이 있고, 70B 초과는 3.4점을 잃었습니다."),
    (SEEDS, "시드만 바꿔 20번 돌리자 점수가 58.5%에서 64.0% 사이를 오갔습니다."),
    (SEEDS, "하락은 1포인트 안에서 재현됐습니다."),
    (PER, "시도당 평균 0.42달러로 이슈 158건을 고쳤습니다."),
    (PER, "메모리는 기가바이트당 30달러, 전기는 1년에 66달러입니다."),
    (FINISHED, "완료한 과제당 비용이 3.10달러에서 1.27달러로 줄었습니다."),
    (WIND, "5일째 바람은 초속 1.7m 빗나갔고, 비는 81일 중 47일에서 공공 예보가 이겼습니다."),
    (CACHE, "캐시는 최대 48K 토큰이지만 한 독자는 초당 29토큰에 300K까지 씁니다."),
    (CACHE, "점수는 96K 토큰까지 95%를 웃돕니다."),
    (FAMILY, "Juniper는 8B, 4B, 1.7B 세 크기로 나왔습니다."),
    (MOVES, "메모리는 16GB에서 9GB로 줄어 이전보다 40% 덜 씁니다."),
    (MOVES, "디코딩은 20배 빠르고 사용은 98% 늘었습니다."),
    (FARES, "법원은 650.88캐나다달러를 돌려주라고 명령했습니다."),
    (FARES, "Orca의 가치는 800억~1,000억 달러이고, 편지는 1800~1899년의 것입니다."),
    (PLAIN, "SWE-bench에서 64.3%를 얻었고 100만 토큰당 5달러입니다."),
)

WRONG: tuple[tuple[str, str, str], ...] = (
    ("It is twice as fast and out on Monday.", "②세 배 빠릅니다.", "absent"),
    ("It is twice as fast and out on Monday.", "日화요일에 나옵니다.", "absent"),
    (GROQ, "입력 토큰당 $0.65, 출력 100만 토큰당 2.75달러입니다.", "rate"),
    (GROQ, "입력 토큰당 0.65달러입니다.", "rate"),
    (GROQ, "1천 토큰당 0.65달러입니다.", "rate"),
    (GROQ, "100만 토큰당 0.65원입니다.", "currency"),
    (GROQ, "100만 토큰당 6.5달러입니다.", "scale"),
    (GROQ, "분당 284토큰을 냅니다.", "rate"),
    (GROQ, "7억 개 매개변수의 Llama 3입니다.", "scale"),
    (GROQ, "초당 248토큰을 냅니다.", "absent"),
    (PRICES, "천만 토큰 컨텍스트를 지원합니다.", "scale"),
    (PRICES, "토큰당 5달러입니다.", "rate"),
    (PRICES, "100만 달러 컨텍스트를 지원합니다.", "unit"),
    (MONEY, "NorthStar가 1.04억 달러를 조달했습니다.", "scale"),
    (MONEY, "기업 가치는 13.8억 달러입니다.", "scale"),
    (MONEY, "기업 가치는 138억 원입니다.", "currency"),
    (MONEY, "연 환산 매출은 $30백만입니다.", "malformed"),
    (MONEY, "연 환산 매출은 3백만 달러입니다.", "scale"),
    (MONEY, "직원은 65명입니다.", "scale"),
    (MONEY, "직원은 560명입니다.", "absent"),
    (MONEY, "기업 가치는 183억 달러입니다.", "absent"),
    (DATA, "5만 5천 명 이상이 참여했습니다.", "unit"),
    (DATA, "5,500건 이상의 대화입니다.", "scale"),
    (DATA, "약 340만 쌍입니다.", "scale"),
    (DATA, "1,000만 표입니다.", "scale"),
    (BENCH, "SWE-bench Pro 64.3%p를 기록했습니다.", "unit"),
    (BENCH, "SWE-bench Pro 6.43%를 기록했습니다.", "scale"),
    (BENCH, "SWE-bench Pro 64.3점입니다.", "unit"),
    (BENCH, "SWE-bench Pro 46.3%입니다.", "absent"),
    (CHANGE, "환각이 27%에서 8%로 줄었습니다.", "absent"),
    (CHANGE, "레이아웃이 2.5% 떨어졌습니다.", "unit"),
    (CHANGE, "환각이 27배에서 9배로 줄었습니다.", "unit"),
    (SPEED, "2~5배 빨라졌습니다.", "absent"),
    (SPEED, "3~4배 빨라졌습니다.", "absent"),
    (SPEED, "24MB 카드에서 동작합니다.", "scale"),
    (SPEED, "24% 카드에서 동작합니다.", "unit"),
    (SPEED, "시간당 30~35토큰입니다.", "rate"),
    (SPEED, "VRAM 20~40GB가 필요합니다.", "absent"),
    (MODEL, "30억 개 중 3억 개를 활성화합니다.", "scale"),
    (MODEL, "8비트로 양자화합니다.", "unit"),
    (MODEL, "18TB에 들어갑니다.", "scale"),
    (MODEL, "300억 명을 활성화합니다.", "unit"),
    (DATES, "5월 4일에 출시됩니다.", "absent"),
    (DATES, "6월 3일에 출시됩니다.", "absent"),
    (DATES, "2025년 5월 3일에 출시됩니다.", "absent"),
    (DATES, "금요일에 열립니다.", "absent"),
    (DATES, "오후 10시에 열립니다.", "absent"),
    (DATES, "4분기에 나옵니다.", "absent"),
    (BOUNDS, "최대 1,280K 토큰을 받습니다.", "scale"),
    (SCIENCE, "10^25 FLOPs가 쓰였습니다.", "scale"),
    (SCIENCE, "학습률은 1e-4입니다.", "scale"),
    (SCIENCE, "18년 동안 학습했습니다.", "absent"),
    (SCIENCE, "18일 동안 학습했습니다.", "unit"),
    (SCIENCE, "H100 1만 장을 썼습니다.", "scale"),
    (SCIENCE, "13개국에서 진행했습니다.", "absent"),
    (WORDS, "5만 명이 가입했습니다.", "scale"),
    (WORDS, "3월의 세 배입니다.", "unit"),
    (WORDS, "절반이 월 20달러를 냅니다.", "absent"),
    (WORDS, "연간 20달러를 냅니다.", "rate"),
    (WORDS, "3분의 2가 돈을 냅니다.", "absent"),
    (SERVER, "시간당 1,000회를 허용합니다.", "rate"),
    (SERVER, "350초 안에 응답합니다.", "scale"),
    (SERVER, "30분 동안 보냅니다.", "absent"),
    (SERVER, "초당 30프레임입니다.", "unit"),
    (BYTES, "파일은 1.5GB입니다.", "scale"),
    (BYTES, "칩은 700GB를 소비합니다.", "unit"),
    (BYTES, "2.6MHz에서 동작합니다.", "scale"),
    (RANK, "Scout는 79위입니다.", "absent"),
    (RANK, "Elo는 1147점입니다.", "absent"),
    (RANK, "3개월 만에 32점 올랐습니다.", "unit"),
    (VAGUE, "수백만 명의 사용자가 써 보았습니다.", "scale"),
    (CONTEXT, "창이 4096에서 16384 토큰으로 늘었습니다.", "absent"),
    (EURO, "6억 달러 투자를 받았습니다.", "currency"),
    (EURO, "6천만 유로 투자를 받았습니다.", "scale"),
    (EURO, "2천만 유로 지원금을 받았습니다.", "currency"),
    (SIZES, "큰 모델은 405억 개 매개변수입니다.", "scale"),
    (SIZES, "최대 2,567px입니다.", "absent"),
    (MANY, "7시간이 걸렸습니다.", "absent"),
    (TIMES, "36분으로 줄었습니다.", "absent"),
    (TIMES, "14주에서 36시간으로 줄었습니다.", "unit"),
    (TIMES, "200밀리초가 걸립니다.", "scale"),
    (PERCENT, "오류율은 0.03%입니다.", "scale"),
    (PERCENT, "도입률은 45%p입니다.", "unit"),
    (PERCENT, "3~5%의 효율입니다.", "absent"),
    (CREDIT, "500원 크레딧입니다.", "currency"),
    (CREDIT, "총상금은 100만 달러입니다.", "scale"),
    (CREDIT, "15만 원입니다.", "scale"),
    (KOREA, "3,500억 원을 투자합니다.", "scale"),
    (KOREA, "3조 5천억 달러를 투자합니다.", "currency"),
    (KOREA, "2028년까지 채용합니다.", "absent"),
    (KOREA, "1,200억 명을 뽑습니다.", "scale"),
    (MIX, "1.5조 토큰입니다.", "scale"),
    (MIX, "15조 개 매개변수입니다.", "unit"),
    (TASKS, "작업당 1.2원입니다.", "currency"),
    (TASKS, "26개를 해결합니다.", "absent"),
    (TASKS, "25명이 참여했습니다.", "scale"),
    (MULTIPLES, "2.7% 빨라졌습니다.", "unit"),
    (MULTIPLES, "27배 빨라졌습니다.", "scale"),
    (MULTIPLES, "1.0~1.53배로 늘었습니다.", "absent"),
    (CLOCKS, "1.9밀리초에서 줄었습니다.", "scale"),
    (CLOCKS, "3시간 40분이 걸립니다.", "absent"),
    (CLOCKS, "75킬로와트 카드입니다.", "scale"),
    (EXACT, "5만 2,653건에 썼습니다.", "absent"),
    (EXACT, "52만 6,350건에 썼습니다.", "scale"),
    (EXACT, "4만 2,121원이 들었습니다.", "currency"),
    (EXACT, "동료 900명이 읽었습니다.", "scale"),
    (CENTS, "쪽당 약 7달러입니다.", "scale"),
    (FAMILY, "맥락 길이가 1,280K인 모델입니다.", "scale"),
    (FAMILY, "32K명이 씁니다.", "unit"),
    (FAMILY, "17B로 나왔습니다.", "scale"),
    (SEEDS, "30번 돌렸습니다.", "absent"),
    (SEEDS, "6포인트 안에서 재현됐습니다.", "absent"),
    (SEEDS, "1% 안에서 재현됐습니다.", "unit"),
    (PER, "한 달에 66달러입니다.", "rate"),
    (WIND, "5주째 바람입니다.", "unit"),
    (WIND, "초속 1.7km 빗나갔습니다.", "scale"),
    (WIND, "분속 1.7m 빗나갔습니다.", "rate"),
    (WIND, "81주 중 47주에서 이겼습니다.", "absent"),
    (FARES, "650.88달러를 돌려주라고 했습니다.", "currency"),
    (FARES, "Orca의 가치는 80억~100억 달러입니다.", "scale"),
)
