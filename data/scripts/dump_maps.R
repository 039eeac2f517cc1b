# Write the polygons of the R package maps (Debian: r-cran-maps 3.4.1) as name, lon, lat a line.
#
#     Rscript data/scripts/dump_maps.R FOLDER     # makes FOLDER/world.tsv and FOLDER/lakes.tsv
library(maps)
dump <- function(database, path) {
  lines <- map(database, plot = FALSE, fill = TRUE)
  stream <- file(path, "w")
  number <- 1
  for (i in seq_along(lines$x)) {
    if (is.na(lines$x[i])) {
      number <- number + 1
    } else {
      writeLines(sprintf("%s\t%.4f\t%.4f", lines$names[number], lines$x[i], lines$y[i]), stream)
    }
  }
  close(stream)
}
folder <- commandArgs(trailingOnly = TRUE)[1]
for (name in c("world", "lakes")) dump(name, file.path(folder, paste0(name, ".tsv")))
