using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Packs.Evidence;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han capture</c>: evidence as a capture file.</summary>
internal static class HanCaptureCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> evidence = new("evidence")
        {
            Description = "Evidence of attempts: files, folders of them, SHA-256 hashes that the orchestrator knows, or a cycle",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new("--output", "-o") { Description = "The capture file to write", HelpName = "file", Required = true };
        Option<string?> port = new("--port") { Description = "The adapter's port, when the evidence has several", HelpName = "port" };
        Option<byte?> version = new("--ezsp")
        {
            Description = "The EZSP version of evidence that begins in the middle of a session; default: told by it, or assumed",
            HelpName = "number",
        };
        Command command = new(
            "capture",
            """
            Write what recorded attempts sent and received over a ZigBee adapter as a pcapng file, for Wireshark and tshark. Frames are
            rebuilt from the adapter's messages, without security: no key is in the file, and each packet says so. What the adapter did not
            tell its host, such as relays and other devices' messages, is not in it.

            Examples:
              harness han capture evidence.json -o evidence.pcapng
              tshark -r evidence.pcapng
            """)
        { evidence, output, port, version };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<EvidenceDocument> attempts =
                await EvidenceSource.ReadAsync(parsed, parsed.GetRequiredValue(evidence), cancellationToken).ConfigureAwait(false);
            EzspVersion? known = parsed.GetValue(version) is { } number ? new EzspVersion(number) : null;
            CaptureResult capture = EvidenceCapture.Build(attempts, parsed.GetValue(port), known);
            string file = parsed.GetRequiredValue(output);
            await File.WriteAllBytesAsync(file, capture.File, cancellationToken).ConfigureAwait(false);
            Write(parsed.GetValue(CommonOptions.Json), file, capture);
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(bool isJson, string file, CaptureResult capture)
    {
        if (isJson)
        {
            JsonText.Write(new { File = file, capture.Port, capture.Packets, capture.Unreadable, Ezsp = capture.Version?.Number });
            return;
        }

        string version = capture.Version?.ToString() ?? "EZSP version assumed";
        string unreadable = capture.Unreadable == 0
            ? ""
            : $"; {capture.Unreadable} frames could not be read (damaged, or masked for a key)";
        Console.WriteLine($"{file}: {capture.Packets} messages of {capture.Port}, {version}{unreadable}");
    }
}
