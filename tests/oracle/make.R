# Figures to hold ours against, made once:  Rscript make.R  (R 4.2.2, survey 4.1-1, Debian 12).
# people.csv   159 invented people of an invented council of 2,000: stratum, its headcount, role,
#              a weight, four five-point items (empty: no answer)
# errors.csv   shares and standard errors by R's survey package, by design, item, role and answer
# wilson.csv   intervals by prop.test(correct = FALSE)
suppressMessages(library(survey))

set.seed(20251121)
n <- 159
headcount <- c(north = 900, south = 700, town = 400)
region <- sample(names(headcount), n, TRUE, c(0.45, 0.3, 0.25))
role <- sample(c("teach", "assist", "lead", "health"), n, TRUE, c(0.4, 0.3, 0.2, 0.1))
people <- data.frame(
  region = region, headcount = headcount[region], role = role,
  weight = round(as.numeric(headcount[region] / table(region)[region]) * runif(n, 0.5, 2), 4),
  alone = ifelse(seq_len(n) == 7, "one", region)
)
for (item in paste0("q", 1:4)) {
  answer <- pmin(5, pmax(1, round(rnorm(n, 3.4 + 0.3 * (role == "lead"), 1.2))))
  people[[item]] <- ifelse(runif(n) < 0.08, NA, answer)
}
write.csv(people, "people.csv", row.names = FALSE, quote = FALSE, na = "")

people <- read.csv("people.csv")
people$one <- 1
options(survey.lonely.psu = "adjust")
designs <- list(
  "weighted-stratified-finite" = svydesign(ids = ~1, strata = ~region, weights = ~weight, fpc = ~headcount, data = people),
  "weighted-stratified" = svydesign(ids = ~1, strata = ~region, weights = ~weight, data = people),
  "stratified-finite" = svydesign(ids = ~1, strata = ~region, weights = ~one, fpc = ~headcount, data = people),
  "weighted" = svydesign(ids = ~1, weights = ~weight, data = people),
  "weighted-lonely" = svydesign(ids = ~1, strata = ~alone, weights = ~weight, data = people)
)
rows <- list()
for (name in names(designs)) for (item in paste0("q", 1:4)) for (answer in c(1:5, "top2")) {
  design <- designs[[name]]
  given <- people[[item]]
  said <- if (answer == "top2") given >= 4 else given == as.numeric(answer)
  design$variables$y <- ifelse(is.na(said), 0, as.numeric(said))
  design$variables$ok <- !is.na(given)
  for (group in c("", "teach", "assist", "lead", "health")) {
    domain <- if (group == "") subset(design, ok) else subset(design, ok & role == group)
    mean <- svymean(~y, domain)
    rows[[length(rows) + 1]] <- data.frame(
      design = name, item = item, role = group, answer = answer,
      share = as.numeric(coef(mean)), error = as.numeric(SE(mean))
    )
  }
}
exact <- function(x) formatC(x, digits = 15, format = "g")
errors <- do.call(rbind, rows)
errors$share <- exact(errors$share)
errors$error <- exact(errors$error)
write.csv(errors, "errors.csv", row.names = FALSE, quote = FALSE)

cases <- do.call(rbind, lapply(c(1, 2, 5, 10, 17, 29, 30, 48, 100, 159, 187, 1000, 2410), function(n)
  data.frame(x = unique(round(seq(0, n, length.out = min(n + 1, 13)))), n = n)))
interval <- t(mapply(function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int, cases$x, cases$n))
write.csv(data.frame(cases, low = exact(interval[, 1]), high = exact(interval[, 2])), "wilson.csv", row.names = FALSE, quote = FALSE)
