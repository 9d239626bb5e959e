using System.CommandLine;
using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Packs.Evidence;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness replay</c>: feeds recorded octets to the drivers again.</summary>
internal static class ReplayCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> evidence = new("evidence")
        {
            Description = "Evidence of attempts in the order in which they ran: files, folders of them, SHA-256 hashes that the "
                + "orchestrator knows, or a cycle, whose attempts are put in their order",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<string?> profiles = new("--profiles")
        {
            Description = "Folder of device profiles; default: rigs/profiles or ../profiles beside the rig file",
            HelpName = "folder",
        };
        Command command = new(
            "replay",
            """
            Carry out the requests of recorded attempts again on their recorded octets, without a bench, and compare the octets sent,
            outcome and response. HDLC and the wrapper on TCP. The time in a write of a clock may differ; exit code 1 when anything else
            does: the first difference is shown. A key rotation is no request: evidence without requests says that nothing was replayed.
            Challenges, dedicated keys and invocation counters of HLS and ciphering are those of the
            record; the keys are those that the rig file names or, after a rotation, the key store of --data holds.

            Examples:
              harness replay evidence.json
              harness replay smk-01.json smk-02.json --rig-config rigs/secured/rig.yaml
              harness replay 20260105-200000-1
            """)
        { evidence, rigConfig, profiles };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            string folder = parsed.GetValue(profiles) ?? rig.ProfilesFolder;
            string data = CommonOptions.DataFolderOf(parsed);
            IReadOnlyList<EvidenceDocument> attempts =
                await EvidenceSource.ReadAsync(parsed, parsed.GetRequiredValue(evidence), cancellationToken).ConfigureAwait(false);

            IReadOnlyList<ReplayedRequest> requests =
                await AttemptReplay.RunAsync(rig, folder, data, attempts, cancellationToken).ConfigureAwait(false);
            Write(parsed.GetValue(CommonOptions.Json), attempts, requests);
            return requests.Any(request => request.Difference is not null) ? ExitCode.Failed : ExitCode.Passed;
        });
        return command;
    }

    private static void Write(bool isJson, IReadOnlyList<EvidenceDocument> attempts, IReadOnlyList<ReplayedRequest> requests)
    {
        if (isJson)
        {
            bool? isSame = requests.Count == 0 ? null : requests.All(request => request.Difference is null);
            JsonText.Write(new { Requests = requests, IsSame = isSame });
            return;
        }

        foreach (ReplayedRequest request in requests)
        {
            string clock = request.ClockWrites == 0 ? string.Empty : $"; {request.ClockWrites} writes of the clock differ in their time";
            string what = request.Difference is null ? $"the same, {request.Replayed}{clock}" : $"DIFFERENT: {request.Difference}";
            Console.WriteLine($"{request.Case} step {request.Step} SRV {request.Srv} on {request.Device}: {what}");
        }

        string verdicts = string.Join(", ", attempts.Select(attempt => $"{attempt.Case.Id} {attempt.Verdict}"));
        Console.WriteLine(requests switch
        {
            [] => $"Nothing replayed: this evidence holds no request that reached a device. Recorded, and not looked at: {verdicts}",
            [.., { Difference: not null }] => $"The replay differs. Recorded: {verdicts}",
            _ => $"{requests.Count} requests came out as recorded, so the recorded verdicts stand: {verdicts}",
        });
    }
}
