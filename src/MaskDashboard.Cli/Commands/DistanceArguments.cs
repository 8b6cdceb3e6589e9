using System.CommandLine;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary>The options of distance.</summary>
internal sealed class DistanceArguments
{
    private const string TopLeft = "pixels-top-left";
    private const string Centre = "pixels-centre";
    private const string Metres = "metres";

    private readonly Option<string> _rule = new Option<string>("--distance-rule")
    {
        Description = "What is measured between two faces: their boxes' top-left corners, their centres, or metres estimated from face size", DefaultValueFactory = _ => TopLeft,
    }.AcceptOnly(TopLeft, Centre, Metres);

    private readonly Option<double?> _minDistance = new("--min-distance")
    {
        Description = "Nearer than this is too close, in pixels or metres as the rule has it; default 130 pixels, 1.5 metres", HelpName = "N",
    };

    public DistanceArguments()
    {
        _minDistance.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } value && !(value >= 0))
            {
                result.AddError("--min-distance has to be 0 or more.");
            }
        });
        FieldOfView.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } value && !(value is >= 10 and <= 150))
            {
                result.AddError("--field-of-view has to be between 10 and 150 degrees.");
            }
        });
    }

    /// <summary>Field of view along the longer side, degrees; null for EXIF or the default.</summary>
    public Option<double?> FieldOfView { get; } = new("--field-of-view")
    {
        Description = "Field of view along the longer side, degrees, for metres where a photograph does not tell its focal length; default 65", HelpName = "DEGREES",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_rule);
        command.Options.Add(_minDistance);
        command.Options.Add(FieldOfView);
    }

    /// <summary>The settings with the rule and threshold of the command line.</summary>
    public AnalysisSettings Apply(AnalysisSettings settings, ParseResult result)
    {
        var minDistance = result.GetValue(_minDistance);
        return result.GetValue(_rule) switch
        {
            Centre => settings with { DistanceRule = DistanceRule.PixelsCentre, MinDistancePixelsCentre = minDistance ?? settings.MinDistancePixelsCentre },
            Metres => settings with { DistanceRule = DistanceRule.Metres, MinDistanceMetres = minDistance ?? settings.MinDistanceMetres },
            _ => settings with { DistanceRule = DistanceRule.PixelsTopLeft, MinDistancePixelsTopLeft = minDistance ?? settings.MinDistancePixelsTopLeft },
        };
    }
}
