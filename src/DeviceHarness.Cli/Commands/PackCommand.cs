using System.CommandLine;
using DeviceHarness.Cli.Output;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness pack list|show|lint</c>: test packs without a bench.</summary>
internal static class PackCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "pack",
        """
        Test packs: list them, show what a pack proves, check one before it runs.

        Examples:
          harness pack list
          harness pack show dmct-smoke
          harness pack lint my.pack.yaml
        """)
    { CreateList(), CreateShow(), CreateLint() };

    private static Command CreateList()
    {
        Command list = new(
            "list",
            """
            List the built-in test packs, as 'harness packs' does.

            Examples:
              harness pack list
              harness pack list --json
            """);
        list.SetAction(parsed => PacksCommand.Write(parsed.GetValue(CommonOptions.Json)));
        return list;
    }

    private static Command CreateShow()
    {
        Argument<string> pack = new("pack") { Description = "A built-in pack (harness packs) or a pack file" };
        SelectionOptions selection = new();
        Command show = new(
            "show",
            """
            Show the cases of a pack: what each proves, what it sends, what it expects, where it comes from.

            Examples:
              harness pack show dmct-smoke
              harness pack show dmct-smoke --only SMK-04
              harness pack show my.pack.yaml --json
            """)
        { pack };
        selection.AddTo(show);
        show.SetAction(async (parsed, cancellationToken) =>
        {
            PackFile file = await selection.ReadAsync(parsed, parsed.GetRequiredValue(pack), cancellationToken).ConfigureAwait(false);
            string[] ids = selection.Ids(parsed, file.Require());
            PackPage page = PackPage.Of(file.Require(), CommonOptions.Selected(file.Require(), ids));
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(page);
            }
            else
            {
                PackPageText.Write(page);
            }

            return ExitCode.Passed;
        });
        return show;
    }

    private static Command CreateLint()
    {
        Argument<string[]> packs = new("pack")
        {
            Description = "Pack files, or built-in packs",
            Arity = ArgumentArity.OneOrMore,
        };
        Command lint = new(
            "lint",
            """
            Check packs whole, without a bench: everything that is wrong, with file, line, column, key, what was found and what is allowed;
            then what is odd, and which requests no other undoes. Exit code 1 when a pack is wrong; what is odd is a warning.

            Examples:
              harness pack lint my.pack.yaml
              harness pack lint packs/*.yaml
              harness pack lint dmct-smoke --json
            """)
        { packs };
        SelectionOptions selection = new();
        selection.AddParametersTo(lint);
        lint.SetAction(async (parsed, cancellationToken) =>
        {
            List<PackFile> files = [];
            foreach (string pack in parsed.GetRequiredValue(packs))
            {
                files.Add(await selection.ReadAsync(parsed, pack, cancellationToken).ConfigureAwait(false));
            }

            LintResult[] results = [.. files.Select(Lint)];
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(results);
            }
            else
            {
                Array.ForEach(results, WriteResult);
            }

            return Array.TrueForAll(results, result => result.IsValid) ? ExitCode.Passed : ExitCode.Failed;
        });
        return lint;
    }

    private static LintResult Lint(PackFile file)
    {
        LintReport? report = file.Reading.Pack is { } pack ? PackLint.Check(pack) : null;
        return new LintResult(
            file.Name,
            file.Reading.Pack is not null,
            [.. file.Reading.Faults.Select(fault =>
                new LintFault(fault.Code, fault.File, fault.Line, fault.Column, fault.Key, fault.Found, fault.Allowed))],
            report?.Findings ?? [],
            report?.WithoutInverse ?? [],
            report?.Cases ?? 0,
            report?.DeviceCases ?? 0,
            report?.PercentWithDevice ?? 0,
            file.Reading.Pack?.Declared ?? PackDeclaration.None);
    }

    private static void WriteResult(LintResult result)
    {
        foreach (LintFault fault in result.Faults)
        {
            Console.WriteLine(
                $"{fault.File}:{fault.Line}:{fault.Column}: {fault.Key}: found {fault.Found}; allowed: {fault.Allowed} [{fault.Code}]");
        }

        foreach (LintFinding finding in result.Findings)
        {
            string testCase = finding.CaseId.Length == 0 ? string.Empty : $"{finding.CaseId} ";
            Console.WriteLine($"{result.Pack}: warning: {testCase}{finding.Text}");
        }

        foreach (IGrouping<string, LintFinding> same in result.WithoutInverse.GroupBy(finding => finding.Text))
        {
            Console.WriteLine($"{result.Pack}: no request undoes {same.Key}; in {string.Join(", ", same.Select(one => one.CaseId))}");
        }

        Console.WriteLine(result.IsValid
            ? $"{result.Pack}: {result.Cases} cases, {result.DeviceCases} of them reach a device ({result.PercentWithDevice} %"
                + $"{Declared(result.Declared)}); {result.Findings.Count} warnings"
            : $"{result.Pack}: {(result.Faults.Count == 1 ? "1 fault" : $"{result.Faults.Count} faults")}");
    }

    private static string Declared(PackDeclaration declared) =>
        declared.CasesWithDevice is { } cases ? $", declared at least {cases} cases"
        : declared.PercentWithDevice is { } percent ? $", declared at least {percent} %"
        : string.Empty;

    private sealed record LintResult(
        string Pack, bool IsValid, IReadOnlyList<LintFault> Faults, IReadOnlyList<LintFinding> Findings,
        IReadOnlyList<LintFinding> WithoutInverse, int Cases, int DeviceCases, int PercentWithDevice, PackDeclaration Declared);

    private sealed record LintFault(string Code, string File, int Line, int Column, string Key, string Found, string Allowed);
}
