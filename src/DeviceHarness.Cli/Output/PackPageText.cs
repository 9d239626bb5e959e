using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Cli.Output;

/// <summary>A pack as text for people.</summary>
internal static class PackPageText
{
    /// <summary>Prints the page.</summary>
    public static void Write(PackPage page)
    {
        Console.WriteLine($"{page.Pack} {page.Version}: {page.Title}");
        Console.WriteLine($"{page.Kind}, owned by {page.Owner}, budget {page.Budget}, SHA-256 {page.Hash}");
        Console.WriteLine(page.Purpose);
        foreach (DeviceNeed need in page.Needs)
        {
            string device = need.Device is null ? "any" : need.Device;
            string facts = need.Facts.Count == 0 ? string.Empty : $"; the rig file states {string.Join(", ", need.Facts)}";
            Console.WriteLine($"needs {need.Role}: {need.DeviceType} ({device}){facts}");
        }

        foreach (IncludedPack included in page.Includes)
        {
            Console.WriteLine($"includes {included.Name} {included.Version}: {included.Cases} cases, SHA-256 {included.Hash}");
        }

        foreach (PackParameter parameter in page.Parameters)
        {
            Console.WriteLine(Describe(parameter));
        }

        foreach (CasePage testCase in page.Cases)
        {
            Console.WriteLine();
            Write(testCase);
        }
    }

    /// <summary>One parameter with its value, on one line.</summary>
    public static string Describe(PackParameter parameter) =>
        $"parameter {parameter.Name} = {parameter.Value} ({(parameter.IsGiven ? "given" : "default")}; {parameter.Allowed}): "
        + parameter.Description;

    private static void Write(CasePage page)
    {
        string repeat = page.Repeat == RepeatPolicy.Never ? ", never repeated by itself" : string.Empty;
        Console.WriteLine($"{page.Id} ({page.Srv} on {page.Device}, budget {page.Budget}{repeat})");
        Console.WriteLine($"  proves: {page.Proves}");
        WriteAll("  from ", page.From.Length == 0 ? [] : [page.From]);
        WriteAll("  tags: ", page.Tags.Count == 0 ? [] : [string.Join(", ", page.Tags)]);
        WriteAll("  row of ", page.Row.Length == 0 ? [] : [page.Row]);
        WriteAll("  needs: ", page.Preconditions);
        foreach (StepPage step in page.Steps)
        {
            Write(step, "step");
        }

        foreach (StepPage step in page.Cleanup)
        {
            Write(step, "clean-up");
        }

        WriteAll("  known issue: ", page.Signature.Length == 0 ? [] : [page.Signature]);
        Console.WriteLine($"  effect achieved: {page.Effect}; outcome reported: {page.Outcome}");
        WriteAll("  source: ", page.Sources);
    }

    private static void Write(StepPage step, string kind)
    {
        string change = step.Change == StepChange.None ? string.Empty : $" [{step.Change}]";
        string flow = step.Flow.Length == 0 ? string.Empty : $" ({step.Flow})";
        Console.WriteLine($"  {kind} {step.Number}: {step.Name}: {step.Does}{change}{flow}");
        WriteAll("    expects ", step.Expects);
    }

    private static void WriteAll(string heading, IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine(heading + line);
        }
    }
}
