using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using MaskDashboard.Vision;

namespace MaskDashboard.Settings;

/// <summary>Where a setting stands on the settings page.</summary>
public enum SettingGroup
{
    /// <summary>Which faces are found, and which of them count.</summary>
    Faces = 0,

    /// <summary>What the classifier's outputs mean.</summary>
    Labels = 1,

    /// <summary>Who is too close to whom.</summary>
    Distance = 2,
}

/// <summary>A setting that is a number: what it is called, what it acts on and within which bounds. Texts are English, the keys of their translations.</summary>
/// <param name="Key">Name of the property of <see cref="AnalysisSettings"/>.</param>
/// <param name="Group">Where it stands.</param>
/// <param name="Label">What people call it.</param>
/// <param name="ActsOn">One sentence: what it acts on.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="SliderMax">Where the slider ends; greater values are typed. Equals <paramref name="Max"/> where the whole range is usual.</param>
/// <param name="Step">Between two values of the slider.</param>
/// <param name="NeedsInference">Whether another value means that the models have to look at a photograph again.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Changes it.</param>
public sealed record SettingDefinition(
    string Key,
    SettingGroup Group,
    string Label,
    string ActsOn,
    string Unit,
    double Min,
    double Max,
    double SliderMax,
    double Step,
    bool NeedsInference,
    Func<AnalysisSettings, double> Get,
    Func<AnalysisSettings, double, AnalysisSettings> Set)
{
    /// <summary>The value the program comes with.</summary>
    public double Default => Get(new AnalysisSettings());

    /// <summary>Every number among the settings, in the order of the page.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        Make(nameof(AnalysisSettings.MinDetectionScore), SettingGroup.Faces, "Confidence threshold", "A face found by YuNet counts from this confidence of detector and classifier together on; weaker ones are kept, so that a lower threshold can count them later.", "", 1, 0.01, false,
            s => s.MinDetectionScore, (s, v) => s with { MinDetectionScore = v }),
        Make(nameof(AnalysisSettings.MinFaceSizePixels), SettingGroup.Faces, "Smallest face", "Faces whose shorter side is smaller in the full photograph do not count, whichever engine found them.", "px", 200, 1, false,
            s => s.MinFaceSizePixels, (s, v) => s with { MinFaceSizePixels = v }),
        Make(nameof(AnalysisSettings.YuNetNmsIou), SettingGroup.Faces, "YuNet: overlap", "Of two detections that overlap by more than this share of their common area, only the stronger is kept.", "IoU", 0.95, 0.01, true,
            s => s.YuNetNmsIou, (s, v) => s with { YuNetNmsIou = v }),
        Make(nameof(AnalysisSettings.HaarScaleFactor), SettingGroup.Faces, "Haar: scale factor", "How much smaller the photograph gets between two looks of the Haar cascade; nearer to 1 finds more and takes longer.", "×", 2, 0.01, true,
            s => s.HaarScaleFactor, (s, v) => s with { HaarScaleFactor = v }),
        Make(nameof(AnalysisSettings.HaarMinNeighbors), SettingGroup.Faces, "Haar: neighbours", "How many overlapping hits of the Haar cascade make a face; fewer finds more faces and more mistakes.", "", 20, 1, true,
            s => s.HaarMinNeighbors, (s, v) => s with { HaarMinNeighbors = (int)Math.Round(v) }),
        Make(nameof(AnalysisSettings.MinClassProbability), SettingGroup.Labels, "Mask threshold", "An output of the classifier decides a face, mask or no mask, from this probability on; with both below it the face is uncertain.", "", 0.95, 0.01, false,
            s => s.MinClassProbability, (s, v) => s with { MinClassProbability = v }),
        Make(nameof(AnalysisSettings.UncertainMargin), SettingGroup.Labels, "Uncertain band", "A face whose two outputs, mask and no mask, lie nearer to each other than this is uncertain; 0 for never.", "", 0.9, 0.01, false,
            s => s.UncertainMargin, (s, v) => s with { UncertainMargin = v }),
        Make(nameof(AnalysisSettings.MinDistancePixelsTopLeft), SettingGroup.Distance, "MIN_DISTANCE, top-left corners", "Two faces whose boxes' top-left corners are nearer than this are too close; acts while the rule is pixels between top-left corners.", "px", 1000, 1, false,
            s => s.MinDistancePixelsTopLeft, (s, v) => s with { MinDistancePixelsTopLeft = v }),
        Make(nameof(AnalysisSettings.MinDistancePixelsCentre), SettingGroup.Distance, "MIN_DISTANCE, centres", "Two faces whose boxes' centres are nearer than this are too close; acts while the rule is pixels between centres.", "px", 1000, 1, false,
            s => s.MinDistancePixelsCentre, (s, v) => s with { MinDistancePixelsCentre = v }),
        Make(nameof(AnalysisSettings.MinDistanceMetres), SettingGroup.Distance, "MIN_DISTANCE, metres", "Two faces that are estimated to be nearer than this are too close; acts while the rule is metres.", "m", 6, 0.05, false,
            s => s.MinDistanceMetres, (s, v) => s with { MinDistanceMetres = v }),
        Make(nameof(AnalysisSettings.DefaultFieldOfViewDegrees), SettingGroup.Distance, "Field of view, default", "Along the longer side of a photograph that says nothing of its lens and whose site has no field of view of its own; acts on metres only.", "°", 150, 1, false,
            s => s.DefaultFieldOfViewDegrees, (s, v) => s with { DefaultFieldOfViewDegrees = v }),
    ];

    /// <summary>The setting with a key.</summary>
    /// <param name="key">Name of the property.</param>
    public static SettingDefinition Of(string key) => All.First(setting => setting.Key == key);

    /// <summary>MIN_DISTANCE of a rule.</summary>
    /// <param name="rule">The distance rule.</param>
    public static SettingDefinition MinDistance(DistanceRule rule) => Of(rule switch
    {
        DistanceRule.PixelsTopLeft => nameof(AnalysisSettings.MinDistancePixelsTopLeft),
        DistanceRule.PixelsCentre => nameof(AnalysisSettings.MinDistancePixelsCentre),
        _ => nameof(AnalysisSettings.MinDistanceMetres),
    });

    /// <summary>A value within the bounds, on as many decimals as the setting has.</summary>
    /// <param name="value">Any number.</param>
    public double Fit(double value) => Math.Round(Math.Clamp(value, Min, Max), Step < 1 ? 3 : Key == nameof(AnalysisSettings.HaarMinNeighbors) ? 0 : 1);

    /// <summary>A value with its unit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="culture">How numbers are written.</param>
    public string Write(double value, CultureInfo culture) => Unit switch
    {
        "" => value.ToString("0.###", culture),
        "°" => value.ToString("0.###", culture) + "°",
        _ => $"{value.ToString("#,0.###", culture)} {Unit}",
    };

    // The bounds are those that are checked when settings are saved.
    private static SettingDefinition Make(
        string key,
        SettingGroup group,
        string label,
        string actsOn,
        string unit,
        double sliderMax,
        double step,
        bool needsInference,
        Func<AnalysisSettings, double> get,
        Func<AnalysisSettings, double, AnalysisSettings> set)
    {
        var bounds = typeof(AnalysisSettings).GetProperty(key)!.GetCustomAttribute<RangeAttribute>()!;
        var (min, max) = (Convert.ToDouble(bounds.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(bounds.Maximum, CultureInfo.InvariantCulture));
        return new SettingDefinition(key, group, label, actsOn, unit, min, max, Math.Min(max, sliderMax), step, needsInference, get, set);
    }
}
