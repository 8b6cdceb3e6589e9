using MaskDashboard.Analysis;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>
/// Everything that settings make of a stored measurement, in a few bytes: labels, what counts, distances, pairs, figures. It is kept before a result is judged
/// again, so that the former result can be brought back exactly, with what reviewers said since.
/// </summary>
internal static class StoredJudgement
{
    private const byte Format = 1;

    /// <summary>Keeps the judgement of an analysis.</summary>
    /// <param name="analysis">With its faces and pairs.</param>
    public static byte[] Keep(ImageAnalysis analysis)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Format);
        writer.Write7BitEncodedInt64(analysis.SettingsVersionId);
        Write(writer, analysis.FocalLengthPixels);
        writer.Write((sbyte)((int?)analysis.FocalLengthSource ?? -1));
        writer.Write7BitEncodedInt(analysis.Faces.Count);
        foreach (var face in analysis.Faces.OrderBy(face => face.Index))
        {
            writer.Write((byte)((face.Counted ? 1 : 0) | (face.EffectiveCounted ? 2 : 0) | (face.TooClose ? 4 : 0) | ((int)face.Label << 3) | ((int)face.EffectiveLabel << 5)));
            writer.Write((sbyte)((int?)face.Reviewed ?? -1));
            Write(writer, face.NearestPixelsTopLeft);
            Write(writer, face.NearestPixelsCentre);
            Write(writer, face.NearestMetres);
        }

        writer.Write7BitEncodedInt(analysis.Pairs.Count);
        foreach (var pair in analysis.Pairs.OrderBy(pair => pair.FirstIndex).ThenBy(pair => pair.SecondIndex))
        {
            writer.Write7BitEncodedInt(pair.FirstIndex);
            writer.Write7BitEncodedInt(pair.SecondIndex);
            writer.Write(pair.PixelsTopLeft);
            writer.Write(pair.PixelsCentre);
            writer.Write(pair.Metres);
            writer.Write(pair.TooClose);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Brings a judgement back.</summary>
    /// <param name="analysis">With its faces and pairs.</param>
    /// <param name="kept">As <see cref="Keep"/> made it.</param>
    /// <returns>Whether all is as it was; false when reviewers spoke since, so that what counts, distances and figures have to follow from the program's answers anew.</returns>
    public static bool BringBack(ImageAnalysis analysis, byte[] kept)
    {
        using var reader = new BinaryReader(new MemoryStream(kept));
        if (reader.ReadByte() != Format)
        {
            throw new InvalidDataException("A kept judgement has an unknown format.");
        }

        analysis.SettingsVersionId = reader.Read7BitEncodedInt64();
        analysis.FocalLengthPixels = ReadDistance(reader);
        analysis.FocalLengthSource = reader.ReadSByte() is var source and >= 0 ? (FocalLengthSource)source : null;
        var count = reader.Read7BitEncodedInt();
        var faces = analysis.Faces.OrderBy(face => face.Index).ToList();
        var asItWas = count == faces.Count;
        for (var index = 0; index < count; index++)
        {
            var (flags, reviewed) = (reader.ReadByte(), (int)reader.ReadSByte());
            var (topLeft, centre, metres) = (ReadDistance(reader), ReadDistance(reader), ReadDistance(reader));
            if (index >= faces.Count)
            {
                continue;
            }

            var face = faces[index];
            asItWas &= ((int?)face.Reviewed ?? -1) == reviewed;
            (face.Counted, face.Label) = ((flags & 1) != 0, (MaskLabel)((flags >> 3) & 3));
            (face.EffectiveCounted, face.EffectiveLabel, face.TooClose) = ((flags & 2) != 0, (MaskLabel)((flags >> 5) & 3), (flags & 4) != 0);
            (face.NearestPixelsTopLeft, face.NearestPixelsCentre, face.NearestMetres) = (topLeft, centre, metres);
        }

        StoredPairs.Replace(analysis, [.. Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => new FacePairDistance
        {
            FirstIndex = reader.Read7BitEncodedInt(),
            SecondIndex = reader.Read7BitEncodedInt(),
            PixelsTopLeft = reader.ReadDouble(),
            PixelsCentre = reader.ReadDouble(),
            Metres = reader.ReadDouble(),
            TooClose = reader.ReadBoolean(),
        })]);
        if (asItWas)
        {
            StoredResult.WriteFigures(analysis);
        }

        return asItWas;
    }

    private static void Write(BinaryWriter writer, double? distance) => writer.Write(distance ?? double.NaN);

    private static double? ReadDistance(BinaryReader reader) => reader.ReadDouble() is var distance && double.IsNaN(distance) ? null : distance;
}
