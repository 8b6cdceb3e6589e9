using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Input;

/// <summary>A ground-truth face.</summary>
/// <param name="Box">Pixels; width is xmax − xmin and height ymax − ymin.</param>
/// <param name="Kind">Its label.</param>
public sealed record AnnotatedFace(BoundingBox Box, FaceKind Kind)
{
    /// <summary>Whether a mask is worn correctly.</summary>
    public bool IsMask => Kind == FaceKind.WithMask;

    /// <summary>Longer side of the box, pixels: the size that faces are grouped by.</summary>
    public float LongerSide => Math.Max(Box.Width, Box.Height);
}

/// <summary>Reads PASCAL VOC annotation files.</summary>
public static class PascalVocFile
{
    /// <summary>The labels in the files.</summary>
    public static IReadOnlyDictionary<string, FaceKind> Labels { get; } = new Dictionary<string, FaceKind>
    {
        ["with_mask"] = FaceKind.WithMask,
        ["without_mask"] = FaceKind.WithoutMask,
        ["mask_weared_incorrect"] = FaceKind.WornIncorrectly,
    };

    /// <summary>The label of a kind as in the files.</summary>
    public static string LabelOf(FaceKind kind) => Labels.Single(label => label.Value == kind).Key;

    /// <summary>Reads the faces of one photograph.</summary>
    /// <param name="path">The annotation file.</param>
    /// <exception cref="InputException">The file is not XML, has an unknown label or a box without area; the message names it.</exception>
    public static IReadOnlyList<AnnotatedFace> Read(string path)
    {
        try
        {
            return [.. XDocument.Load(path).Descendants("object").Select(element => ReadFace(element, path))];
        }
        catch (XmlException error)
        {
            throw new InputException($"{path}: not an XML file ({error.Message}).");
        }
    }

    private static AnnotatedFace ReadFace(XElement element, string path)
    {
        var label = element.Element("name")?.Value.Trim();
        if (label is null || !Labels.TryGetValue(label, out var kind))
        {
            throw new InputException($"{path}: the label '{label}' is none of {string.Join(", ", Labels.Keys)}.");
        }

        var left = Coordinate(element, "xmin", path);
        var top = Coordinate(element, "ymin", path);
        var box = new BoundingBox(left, top, Coordinate(element, "xmax", path) - left, Coordinate(element, "ymax", path) - top);
        return box is { Width: > 0, Height: > 0 }
            ? new AnnotatedFace(box, kind)
            : throw new InputException($"{path}: a box of {box.Width} x {box.Height} pixels has no area.");
    }

    private static float Coordinate(XElement element, string name, string path) =>
        float.TryParse(element.Element("bndbox")?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"{path}: an object has no number in bndbox/{name}.");
}
