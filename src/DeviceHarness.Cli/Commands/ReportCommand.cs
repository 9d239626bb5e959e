using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Contracts.V1;
using Grpc.Core;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness report cycle</c>: writes a cycle's report.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> cycle = new("cycle") { Description = "The cycle; default: the newest", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = new("--format") { Description = "html or junit", DefaultValueFactory = _ => "html" };
        format.AcceptOnlyFromAmong("html", "junit");
        Option<string?> output = new("--output", "-o")
        {
            Description = "The file; default: <cycle>.html or <cycle>.xml; '-' writes to standard output",
            HelpName = "file",
        };
        Option<string?> at = CommonOptions.At();
        Option<string> against = Against();
        Command report = new(
            "cycle",
            """
            Write the report of one cycle: one HTML file that needs nothing else, or JUnit XML.

            Examples:
              harness report cycle
              harness report cycle 20260105-200000-1 --output report.html
              harness report cycle 20260105-200000-2 --against 20260105-200000-1
              harness report cycle 20260105-200000-1 --format junit -o -
              harness report cycle 20260105-200000-1 --at 2026-01-31T12:00
            """)
        { cycle, format, output, at, against };
        report.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            string id = parsed.GetValue(cycle) ?? await CyclesCommand.NewestAsync(connection, cancellationToken).ConfigureAwait(false);
            bool isHtml = parsed.GetValue(format) == "html";
            string target = parsed.GetValue(output) ?? $"{id}.{(isHtml ? "html" : "xml")}";
            GetReportRequest wanted = new()
            {
                CycleId = id,
                Format = isHtml ? ReportFormat.Html : ReportFormat.Junit,
                At = CommonOptions.Moment(parsed.GetValue(at)),
                Against = parsed.GetRequiredValue(against),
            };
            if (target == "-")
            {
                using Stream standard = Console.OpenStandardOutput();
                await CopyAsync(connection, wanted, standard, cancellationToken).ConfigureAwait(false);
                return ExitCode.Passed;
            }

            await SaveAsync(connection, wanted, target, cancellationToken).ConfigureAwait(false);
            Console.WriteLine(Path.GetFullPath(target));
            return ExitCode.Passed;
        });
        return new Command(
            "report",
            """
            Write reports.

            Examples:
              harness report cycle
            """)
        { report };
    }

    private static Option<string> Against() => new("--against")
    {
        Description = "The cycle that the HTML report holds it against; default: the last one of the same pack before it",
        HelpName = "cycle",
        DefaultValueFactory = _ => string.Empty,
    };

    /// <summary>Writes a report to a file; the file appears whole or not at all.</summary>
    public static Task SaveAsync(
        OrchestratorConnection connection, string cycle, ReportFormat format, string path, CancellationToken cancellationToken) =>
        SaveAsync(connection, new GetReportRequest { CycleId = cycle, Format = format }, path, cancellationToken);

    private static async Task SaveAsync(
        OrchestratorConnection connection, GetReportRequest request, string path, CancellationToken cancellationToken)
    {
        string partial = $"{path}.partial";
        try
        {
            using (FileStream file = File.Create(partial))
            {
                await CopyAsync(connection, request, file, cancellationToken).ConfigureAwait(false);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CopyAsync(
        OrchestratorConnection connection, GetReportRequest request, Stream target, CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<ReportPiece> call = connection.Client.GetReport(request, cancellationToken: cancellationToken);
        await foreach (ReportPiece piece in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await target.WriteAsync(piece.Content.Memory, cancellationToken).ConfigureAwait(false);
        }
    }
}
