using System.Text;
using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Exports;

/// <summary>
/// Comma-separated values: a row for each face, and one for each image without faces. UTF-8 with a byte order mark, without which
/// spreadsheets take names in Korean for something else.
/// </summary>
/// <param name="documents">Reads.</param>
public sealed class CsvExport(ImageDocuments documents)
{
    private static readonly FaceDocument?[] s_noFace = [null];

    /// <summary>The columns in order, each with its meaning and unit.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Columns { get; } =
    [
        ("image_id", "number of the image"),
        ("file_name", "name of the file as first uploaded"),
        ("sha256", "SHA-256 of the file"),
        ("site", "camera or place"),
        ("captured_at_utc", "when it was taken, UTC"),
        ("captured_at_local", "the same in the time zone of the request"),
        ("uploaded_at_utc", "when it was first uploaded, UTC"),
        ("image_width_px", "width after orientation, pixels"),
        ("image_height_px", "height after orientation, pixels"),
        ("state", "queued, running, done, failed or cancelled"),
        ("reviewed_at_utc", "when a person marked it as reviewed, UTC; empty while nobody has"),
        ("detector", "yunet or haar"),
        ("settings_version", "number of the settings version that judged it"),
        ("model_version", "the model files"),
        ("distance_rule", "pixels_top_left, pixels_centre or metres"),
        ("min_distance", "MIN_DISTANCE; pixels or metres, as the rule says"),
        ("image_faces", "counted faces of the image"),
        ("face_id", "number of the face; this and all further columns are empty for an image without faces"),
        ("face_index", "position among the faces of its image, from 0"),
        ("found_by", "detector or reviewer"),
        ("counted", "whether it enters the figures; false for what a reviewer says is no face"),
        ("label", "mask, no_mask, uncertain or not_a_face: the reviewer's label if there is one, else the program's"),
        ("program_label", "mask, no_mask or uncertain"),
        ("reviewed_label", "mask, no_mask or not_a_face; empty when nobody reviewed the face"),
        ("score", "the detector's confidence, 0 to 1"),
        ("mask_probability", "the classifier's mask output, 0 to 1"),
        ("no_mask_probability", "the classifier's no-mask output, 0 to 1"),
        ("x_px", "left edge of the box, pixels of the oriented image"),
        ("y_px", "top edge, pixels"),
        ("width_px", "width, pixels"),
        ("height_px", "height, pixels"),
        ("too_close", "whether another face is nearer than MIN_DISTANCE"),
        ("nearest_top_left_px", "to the nearest face between top-left corners, pixels"),
        ("nearest_centre_px", "to the nearest face between centres, pixels"),
        ("nearest_m", "to the nearest face, estimated metres"),
    ];

    /// <summary>Writes what a choice holds.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="zone">Time zone of the local times.</param>
    /// <param name="output">Written to as it is read; stays open.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(ImageSelection selection, TimeZoneInfo zone, Stream output, CancellationToken cancellationToken = default)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 64 * 1024, leaveOpen: true);
        var csv = new CsvText();
        foreach (var (name, _) in Columns)
        {
            csv.Text(name);
        }

        csv.EndRow();
        await foreach (var stretch in documents.StretchesAsync(selection, withFaces: true, cancellationToken: cancellationToken))
        {
            foreach (var image in stretch)
            {
                IReadOnlyList<FaceDocument?> faces = image.Faces is { Count: > 0 } found ? [.. found] : s_noFace;
                foreach (var face in faces)
                {
                    Row(csv, image, face, zone);
                }
            }

            await writer.WriteAsync(csv.Take().AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }

        await writer.WriteAsync(csv.Take().AsMemory(), cancellationToken);
    }

    private static void Row(CsvText csv, ImageDocument image, FaceDocument? face, TimeZoneInfo zone)
    {
        csv.Value<long>(image.Id).Text(image.FileName).Text(image.Sha256).Text(image.Site)
            .Utc(image.CapturedAtUtc).Clock(TimeZoneInfo.ConvertTimeFromUtc(image.CapturedAtUtc, zone)).Utc(image.UploadedAtUtc)
            .Value<int>(image.Width).Value<int>(image.Height).Text(Word(image.State)).Utc(image.ReviewedAtUtc)
            .Text(Word(image.Detector)).Value<long>(image.SettingsVersion).Text(image.ModelVersion)
            .Text(Word(image.DistanceRule)).Value<double>(image.MinDistance).Value(image.Figures?.Faces)
            .Value(face?.Id).Value(face?.Index).Text(face is null ? null : Word(face.FoundBy)).Flag(face?.Counted)
            .Text(face is null ? null : Word(face)).Text(face is null ? null : Word(face.ProgramLabel)).Text(face?.ReviewedLabel is { } reviewed ? Word(reviewed) : null)
            .Value(face?.Score).Value(face?.MaskProbability).Value(face?.NoMaskProbability)
            .Value(face?.X).Value(face?.Y).Value(face?.Width).Value(face?.Height)
            .Flag(face?.TooClose).Value(face?.NearestPixelsTopLeft).Value(face?.NearestPixelsCentre).Value(face?.NearestMetres)
            .EndRow();
    }

    private static string Word(FaceDocument face) => face.ReviewedLabel == ReviewedLabel.NotAFace ? Word(ReviewedLabel.NotAFace) : Word(face.Label);

    private static string Word(AnalysisState state) => state.ToString().ToLowerInvariant();

    private static string Word(DetectorKind detector) => detector.ToString().ToLowerInvariant();

    private static string Word(FaceOrigin origin) => origin.ToString().ToLowerInvariant();

    private static string Word(DistanceRule rule) => rule switch { DistanceRule.PixelsTopLeft => "pixels_top_left", DistanceRule.PixelsCentre => "pixels_centre", _ => "metres" };

    private static string Word(MaskLabel label) => label switch { MaskLabel.Mask => "mask", MaskLabel.NoMask => "no_mask", _ => "uncertain" };

    private static string Word(ReviewedLabel label) => label switch { ReviewedLabel.Mask => "mask", ReviewedLabel.NoMask => "no_mask", _ => "not_a_face" };
}
