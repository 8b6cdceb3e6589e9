using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Settings;

public sealed class SettingDefinitionTests
{
    [Fact]
    public void All_EveryBoundedSetting_IsOnThePageWithItsOwnBounds()
    {
        var bounded = typeof(AnalysisSettings).GetProperties().Where(property => property.GetCustomAttribute<RangeAttribute>() is not null).Select(property => property.Name);

        Assert.Equal(bounded.Order(), SettingDefinition.All.Select(setting => setting.Key).Order());
        Assert.All(SettingDefinition.All, setting =>
        {
            var (lowest, highest) = (setting.Set(new AnalysisSettings(), setting.Min), setting.Set(new AnalysisSettings(), setting.Max));
            Assert.Equal((setting.Min, setting.Max), (setting.Get(lowest), setting.Get(highest)));
            Assert.True(Validator.TryValidateObject(lowest, new ValidationContext(lowest), null, validateAllProperties: true));
            Assert.True(Validator.TryValidateObject(highest, new ValidationContext(highest), null, validateAllProperties: true));
            Assert.InRange(setting.Default, setting.Min, setting.SliderMax);
        });
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(99_999, 10_000)]
    [InlineData(130.04, 130)]
    public void Fit_AnyNumber_LiesWithinTheBounds(double typed, double expected) =>
        Assert.Equal(expected, SettingDefinition.MinDistance(DistanceRule.PixelsTopLeft).Fit(typed));

    [Fact]
    public void Between_TwoVersions_SaysWhatChangedInWords()
    {
        var before = new VersionedSettings(1, new AnalysisSettings()) { SiteFieldsOfViewDegrees = new Dictionary<long, double> { [1] = 80 } };
        var after = new VersionedSettings(2, AnalysisSettings.Notebook with { MinDistancePixelsTopLeft = 150 }) { SiteFieldsOfViewDegrees = new Dictionary<long, double> { [2] = 90 } };

        var sentence = SettingChange.Sentence(SettingChange.Between(before, after, new Dictionary<long, string> { [1] = "Gate", [2] = "Hall" }, CultureInfo.InvariantCulture));

        Assert.Equal(
            "Detector YuNet -> Haar; Mask threshold 0.5 -> 0.05; Uncertain band 0.2 -> 0; MIN_DISTANCE, top-left corners 130 px -> 150 px; "
            + "Field of view, Gate 80° -> default; Field of view, Hall default -> 90°",
            sentence);
        Assert.Empty(SettingChange.Between(after, after, new Dictionary<long, string>(), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Of_ParametersOfTheOtherEngine_MakeTheSameKey()
    {
        var settings = new AnalysisSettings();
        Assert.Equal(InferenceKey.Of(settings), InferenceKey.Of(settings with { HaarMinNeighbors = 9, MinDetectionScore = 0.3, MinDistanceMetres = 9 }));
        Assert.NotEqual(InferenceKey.Of(settings), InferenceKey.Of(settings with { YuNetNmsIou = 0.3 }));
        Assert.NotEqual(InferenceKey.Of(settings), InferenceKey.Of(settings, DetectorKind.Haar));
    }

    [Fact]
    public void EngineUnder_UploadersChoice_IsKept()
    {
        var (yuNet, haar) = (new AnalysisSettings(), AnalysisSettings.Notebook);
        Assert.Equal(DetectorKind.Haar, InferenceKey.EngineUnder(DetectorKind.YuNet, yuNet, haar));
        Assert.Equal(DetectorKind.Haar, InferenceKey.EngineUnder(DetectorKind.Haar, yuNet, yuNet));
    }

    [Fact]
    public void Draft_ChangeAndBack_IsNoChange()
    {
        var draft = new SettingsDraft(new VersionedSettings(3, new AnalysisSettings()), [new Site { Id = 1, Name = "Gate" }]);
        var heard = 0;
        draft.Changed += () => heard++;

        draft.Try(draft.Settings with { MinDistanceMetres = 2 });
        draft.TrySite(1, 200);
        Assert.True(draft.IsChanged);
        Assert.Equal(150, draft.Tried.FieldOfViewDegrees(1));
        Assert.Equal(["MIN_DISTANCE, metres", SettingChange.SiteFieldOfView], draft.Changes.Select(change => change.Label));

        draft.Try(draft.Saved.Settings);
        draft.TrySite(1, null);
        Assert.False(draft.IsChanged);
        Assert.Equal(4, heard);
    }
}
