namespace MaskDashboard.Cli.Input;

/// <summary>Input that cannot be used. The message is one sentence for the person at the terminal: what, where, what to do.</summary>
/// <param name="message">The sentence.</param>
public sealed class InputException(string message) : Exception(message);
