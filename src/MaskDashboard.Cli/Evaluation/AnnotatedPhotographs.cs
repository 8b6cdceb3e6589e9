using MaskDashboard.Cli.Input;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>A photograph and its annotated faces.</summary>
public sealed record AnnotatedPhotograph(ImageFile File, IReadOnlyList<AnnotatedFace> Faces);

/// <summary>Pairs photographs with their annotation files.</summary>
public static class AnnotatedPhotographs
{
    /// <summary>Pairs each image below a folder with the file of the same relative path, ending in .xml, below another.</summary>
    /// <param name="imagesFolder">Photographs.</param>
    /// <param name="annotationsFolder">PASCAL VOC files.</param>
    /// <returns>The pairs in order of the images' paths, and a sentence for each image that has no usable annotation.</returns>
    /// <exception cref="InputException">A folder is missing, or no image has an annotation.</exception>
    public static (IReadOnlyList<AnnotatedPhotograph> Photographs, IReadOnlyList<string> Failures) Find(string imagesFolder, string annotationsFolder)
    {
        if (!Directory.Exists(annotationsFolder))
        {
            throw new InputException($"{annotationsFolder}: no such folder.");
        }

        var photographs = new List<AnnotatedPhotograph>();
        var failures = new List<string>();
        foreach (var file in ImageFiles.Find([imagesFolder]))
        {
            var annotation = Path.Combine(annotationsFolder, Path.ChangeExtension(file.RelativePath, ".xml"));
            try
            {
                photographs.Add(new AnnotatedPhotograph(file, PascalVocFile.Read(annotation)));
            }
            catch (InputException error)
            {
                failures.Add(error.Message);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                failures.Add($"{file.Path}: no annotation {annotation}; the image is left out.");
            }
        }

        return photographs.Count > 0
            ? (photographs, failures)
            : throw new InputException($"{annotationsFolder}: no annotation for any image in {imagesFolder}; {failures[0]}");
    }
}
