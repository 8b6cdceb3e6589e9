using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaskDashboard.Cli.Output;

/// <summary>Writes results as JSON: camelCase names, indented, numbers rounded to six decimals (a pixel or a probability is not known better).</summary>
public static class JsonOutput
{
    private const int Decimals = 6;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // File names and "<16" stay readable: the output is no HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new RoundedDouble(), new RoundedSingle() },
    };

    /// <summary>The JSON text of a value.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, s_options);

    /// <summary>Writes a value to a file, or to <paramref name="standardOutput"/> when the path is <c>-</c>. The file appears whole or not at all.</summary>
    public static void Write<T>(T value, string path, TextWriter standardOutput)
    {
        var text = Text(value);
        if (path == "-")
        {
            standardOutput.WriteLine(text);
            return;
        }

        WholeFile.Write(path, System.Text.Encoding.UTF8.GetBytes(text + "\n"));
    }

    private sealed class RoundedDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value, Decimals));
    }

    private sealed class RoundedSingle : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetSingle();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round((double)value, Decimals));
    }
}
