using System.CommandLine;

namespace MaskDashboard.Cli.Commands;

/// <summary>The files and folders that a command works on.</summary>
internal static class PathArgument
{
    /// <summary>Makes the argument: at least one path; a mistyped option is not taken for one.</summary>
    /// <param name="description">For the help.</param>
    public static Argument<string[]> Create(string description)
    {
        var argument = new Argument<string[]>("FILE|DIR") { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value)))
            {
                result.AddError($"Unknown option '{token.Value}'.");
            }
        });
        return argument;
    }
}
