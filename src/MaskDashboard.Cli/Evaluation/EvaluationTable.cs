using MaskDashboard.Cli.Metrics;
using MaskDashboard.Cli.Output;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Prints an evaluation for reading.</summary>
public static class EvaluationTable
{
    /// <summary>Writes the tables.</summary>
    public static void Write(EvaluationReport report, TextWriter output)
    {
        output.WriteLine($"{report.Images} images, {report.Faces} annotated faces. Models: {report.Models}");
        output.WriteLine("In brackets: 95 % confidence interval. Sizes are longer sides of faces in pixels.");
        output.WriteLine();
        WriteDetection(report.Detection, output);
        WriteClassification(report, output);
        var end = new TextTable("end to end, IoU 0.5", ">AP");
        end.Add("mask", Format.Percent(report.EndToEnd.ApMask));
        end.Add("no mask", Format.Percent(report.EndToEnd.ApNoMask));
        end.Add("mAP50", Format.Percent(report.EndToEnd.Map50, report.EndToEnd.Map50Interval));
        end.Add("mAP50, each detection for one class only", Format.Percent(report.EndToEnd.Map50OneClass));
        end.WriteTo(output);
        output.WriteLine();
        var timing = new TextTable("mean time", ">ms");
        timing.Add("decode an image", Format.Number(report.Timing.Decode, "0.0"));
        timing.Add("detect in an image", Format.Number(report.Timing.Detect, "0.0"));
        timing.Add("classify a face", Format.Number(report.Timing.ClassifyPerFace, "0.0"));
        timing.Add("whole image", Format.Number(report.Timing.Total, "0.0"));
        timing.WriteTo(output);
    }

    private static void WriteDetection(DetectionReport detection, TextWriter output)
    {
        var table = new TextTable("detection, IoU 0.5", ">all faces");
        table.Add("AP50", Format.Percent(detection.Ap50, detection.Ap50Interval));
        table.Add($"precision at score {Format.Number(detection.ScoreThreshold, "0.00")}", Format.Percent(detection.Precision, detection.PrecisionInterval));
        table.Add($"recall at score {Format.Number(detection.ScoreThreshold, "0.00")}", Format.Percent(detection.Recall, detection.RecallInterval));
        table.Add("recall at precision 90 %", Format.Percent(detection.RecallAtPrecision90));
        table.Add($"recall at precision 93 % (score {Format.Number(detection.ScoreAtPrecision93, "0.00")})", Format.Percent(detection.RecallAtPrecision93));
        table.Add("AP50 by the detector's own score", Format.Percent(detection.OwnScore.Ap50));
        table.Add("  recall at precision 93 %", Format.Percent(detection.OwnScore.RecallAtPrecision93));
        table.WriteTo(output);
        output.WriteLine();
        var classes = new TextTable("detection by label and size", ">faces", ">recall", ">AP50");
        foreach (var (label, recall) in detection.ByClass)
        {
            classes.Add(label, Format.Count(recall.Faces), Format.Percent(recall.Recall, recall.Interval), "");
        }

        foreach (var (size, bin) in detection.BySize)
        {
            classes.Add($"{size} px", Format.Count(bin.Faces), Format.Percent(bin.Recall, bin.Interval), Format.Percent(bin.Ap50));
        }

        classes.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteClassification(EvaluationReport report, TextWriter output)
    {
        var truth = report.GroundTruthBoxes;
        var table = new TextTable("mask or no mask", ">faces", ">right");
        table.Add("annotated boxes", Format.Count(report.Faces), Format.Percent(truth.Accuracy, truth.AccuracyInterval));
        table.Add("  balanced", "", Format.Percent(truth.BalancedAccuracy));
        table.Add("  12 px and more", Format.Count(truth.AccuracyMin12Px.Count), Format.Percent(truth.AccuracyMin12Px.Value, truth.AccuracyMin12Px.Interval));
        table.Add("  12 px and more, balanced", "", Format.Percent(truth.BalancedAccuracyMin12Px));
        foreach (var (label, recall) in truth.ByLabelMin12Px)
        {
            table.Add($"  12 px and more, {label}", Format.Count(recall.Faces), Format.Percent(recall.Recall, recall.Interval));
        }

        foreach (var (name, share) in truth.BySize.Select(bin => ($"{bin.Key} px", bin.Value)).Concat(truth.ByBlur.Concat(truth.ByColour).Select(slice => (slice.Key, slice.Value))))
        {
            table.Add($"  {name}", Format.Count(share.Count), Format.Percent(share.Value, share.Interval));
        }

        table.Add("detected faces", Format.Count(report.Matched.Faces), Format.Percent(report.Matched.Accuracy, report.Matched.AccuracyInterval));
        table.Add("faces kept (an output >= 0.5)", Format.Count(truth.FacesKept.Count), Format.Percent(truth.FacesKept.Value, truth.FacesKept.Interval));
        table.Add("faces called uncertain", Format.Count(truth.Uncertain.Count), Format.Percent(truth.Uncertain.Value, truth.Uncertain.Interval));
        table.Add("background rejected (both < 0.5)", Format.Count(report.Background.Count), Format.Percent(report.Background.Value, report.Background.Interval));
        table.Add($"calibration error (ECE, {CalibrationError.Bins} bins)", "", Format.Percent(report.Calibration.Ece));
        table.Add("  of the stronger output itself", "", Format.Percent(report.Calibration.EceStrongerOutput));
        table.WriteTo(output);
        output.WriteLine();
        ConfusionTable.Write("annotated boxes: true \\ called", truth.Confusion, output);
        ConfusionTable.Write("detected faces: true \\ called", report.Matched.Confusion, output);
    }
}
