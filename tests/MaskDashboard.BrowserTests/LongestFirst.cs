using Xunit.Abstractions;

[assembly: TestCollectionOrderer("MaskDashboard.BrowserTests.LongestFirst", "MaskDashboard.BrowserTests")]

namespace MaskDashboard.BrowserTests;

/// <summary>Begins with the walks through all pages, so that they do not run alone after everything else is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName.Contains(nameof(EveryPageTests), StringComparison.Ordinal));
}
