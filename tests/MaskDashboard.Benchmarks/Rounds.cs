using System.Diagnostics;
using System.Globalization;

namespace MaskDashboard.Benchmarks;

/// <summary>Measures several things round by round, so that a busy moment of the machine falls on all alike, and prints how long they took.</summary>
internal static class Rounds
{
    private const int WarmUps = 4;

    /// <summary>Measures and prints.</summary>
    /// <param name="title">What the subjects are.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="targetMilliseconds">What the 95th percentile is compared with.</param>
    /// <param name="subjects">Name, and what to do; its answer is printed.</param>
    public static async Task MeasureAsync(string title, int rounds, double targetMilliseconds, IReadOnlyList<(string Name, Func<Task<string>> Do)> subjects)
    {
        var times = subjects.Select(_ => new List<double>()).ToList();
        var notes = new string[subjects.Count];
        for (var round = -WarmUps; round < rounds; round++)
        {
            for (var index = 0; index < subjects.Count; index++)
            {
                var started = Stopwatch.GetTimestamp();
                notes[index] = await subjects[index].Do();
                if (round >= 0)
                {
                    times[index].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{title,-36} {"p50 ms",8} {"p95 ms",8} {"p95/target",11}  answer");
        for (var index = 0; index < subjects.Count; index++)
        {
            var sorted = times[index].Order().ToList();
            var (half, most) = (sorted[sorted.Count / 2], sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subjects[index].Name,-36} {half,8:N1} {most,8:N1} {most / targetMilliseconds,11:N2}  {notes[index]}"));
        }
    }

    /// <summary>What else the machine does: runnable processes, over one minute and five.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(2)) : "unknown";
}
