using Xunit.Abstractions;

[assembly: TestCollectionOrderer("MaskDashboard.BrowserTests.LongestFirst", "MaskDashboard.BrowserTests")]

namespace MaskDashboard.BrowserTests;

/// <summary>Begins with the classes that take minutes, so that none of them runs alone after everything else is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] _long = [nameof(EveryPageTests), nameof(AccountTests), nameof(OddFileTests), nameof(OpenedPartsTests)];

    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(_long, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal)) is >= 0 and var place ? place : _long.Length);
}
