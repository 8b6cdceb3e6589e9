using System.CommandLine;
using System.Globalization;

namespace MaskDashboard.Cli.Commands;

/// <summary>Bounds of options, told at parsing with the option's name.</summary>
internal static class OptionBounds
{
    /// <summary>Accepts only these words.</summary>
    public static Option<T> AcceptOnly<T>(this Option<T> option, params string[] words)
    {
        option.HelpName = string.Join('|', words);
        return option.AcceptOnlyFromAmong(words);
    }

    /// <summary>Accepts only numbers between two bounds, both included.</summary>
    public static Option<double> Within(this Option<double> option, double low, double high)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is var value && !(value >= low && value <= high))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {value}; it has to be between {low} and {high}."));
            }
        });
        return option;
    }
}
