"""Korean: sentences in 합니다체, particles by pronunciation, spacing, and nothing but the newsletter's matter."""
