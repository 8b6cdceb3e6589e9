using MaskDashboard.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
