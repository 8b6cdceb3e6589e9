using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace MaskDashboard.Localization;

/// <summary>
/// The translations that are built into the program: one <c>Localization/xx.json</c> for each language but English,
/// an object from the English sentence to the translated one.
/// </summary>
public sealed class TextCatalogue
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;

    /// <summary>Reads every embedded catalogue.</summary>
    /// <exception cref="InvalidOperationException">A catalogue is missing or is not a JSON object of strings.</exception>
    public TextCatalogue()
    {
        _languages = Languages
            .Where(language => language.Code != SourceLanguage)
            .ToFrozenDictionary(language => language.Code, language => Read(language.Code));
    }

    /// <summary>The language the keys are written in.</summary>
    public const string SourceLanguage = "en";

    /// <summary>The languages the program speaks: two-letter code and the language's own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } = [("en", "English"), ("ko", "한국어")];

    /// <summary>The translation of a sentence; null where there is none, which means English.</summary>
    /// <param name="culture">The viewer's language.</param>
    /// <param name="sentence">The English sentence.</param>
    public string? Find(CultureInfo culture, string sentence) =>
        _languages.TryGetValue(culture.TwoLetterISOLanguageName, out var texts) && texts.TryGetValue(sentence, out var text) ? text : null;

    /// <summary>Every sentence and translation of a language; empty for English.</summary>
    /// <param name="culture">The language.</param>
    public IReadOnlyDictionary<string, string> All(CultureInfo culture) =>
        _languages.TryGetValue(culture.TwoLetterISOLanguageName, out var texts) ? texts : FrozenDictionary<string, string>.Empty;

    private static FrozenDictionary<string, string> Read(string code)
    {
        var name = $"{typeof(TextCatalogue).Namespace}.{code}.json";
        using var stream = typeof(TextCatalogue).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without its texts in '{code}' ({name}).");
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"The texts in '{code}' ({name}) are not a JSON object of strings.", exception);
        }
    }
}
