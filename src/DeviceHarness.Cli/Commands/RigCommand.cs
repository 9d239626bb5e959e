using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness rig</c>: gives a rig up, takes it out, and lets it or a device of it work again.</summary>
internal static class RigCommand
{
    private const string Examples =
        """
        Examples:
          harness rig release bench-01 --reason "the Pi has no power"
          harness rig release bench-01 --device esme-01 --reason "switched on at the meter"
          harness rig quarantine bench-01 --reason "a new meter is fitted"
          harness rig release bench-01 --quarantine --reason "the new meter is wired"
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "rig",
        $"""
        A rig: 'harness rigs' lists them.

        {Examples}
        """)
    { CreateRelease(), CreateQuarantine() };

    private static Command CreateRelease()
    {
        Argument<string> rig = new("rig") { Description = "The rig" };
        Option<string> reason = new("--reason") { Description = "Why; it is kept with each attempt", HelpName = "text", Required = true };
        Option<string> device = new("--device")
        {
            Description = "Let this device out of quarantine, and do nothing else: cases on it run again",
            HelpName = "name",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<bool> quarantine = new("--quarantine")
        {
            Description = "Let the rig itself out of quarantine, and do nothing else: it gets work again",
        };
        Command release = new(
            "release",
            $"""
            Give a rig up: what runs on it ends as a rig fault, never as a failed device. Cases that are safe to repeat go to a spare rig of
            their cycle (run --spare-rig), else they wait for this one; the others wait for a person. It takes work again when its agent
            connects again.

            {Examples}
            """)
        { rig, reason, device, quarantine };
        release.Validators.Add(result =>
        {
            if (result.GetValue(quarantine) && result.GetValue(device) is { Length: > 0 })
            {
                result.AddError("--quarantine is of the rig and --device of one of its devices: one of them");
            }
        });
        release.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            ReleaseRigRequest request = new()
            {
                Rig = parsed.GetRequiredValue(rig),
                Reason = parsed.GetRequiredValue(reason),
                Device = parsed.GetRequiredValue(device),
                Quarantine = parsed.GetValue(quarantine),
                By = Environment.UserName,
            };
            ReleaseRigReply reply = await connection.AskAsync(client =>
                client.ReleaseRigAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
            }
            else
            {
                Tell(request, reply);
            }

            return ExitCode.Passed;
        });
        return release;
    }

    private static Command CreateQuarantine()
    {
        Argument<string> rig = new("rig") { Description = "The rig" };
        Option<string> reason = new("--reason")
        {
            Description = "Why; 'harness rigs' and reports show it",
            HelpName = "text",
            Required = true,
        };
        Command quarantine = new(
            "quarantine",
            $"""
            Take a rig out: what runs there ends as it ends, and it gets no more work until 'rig release --quarantine'. What is queued
            waits, or goes to a spare rig of its cycle (run --spare-rig).

            {Examples}
            """)
        { rig, reason };
        quarantine.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            QuarantineRigRequest request = new()
            {
                Rig = parsed.GetRequiredValue(rig),
                Reason = parsed.GetRequiredValue(reason),
                By = Environment.UserName,
            };
            QuarantineRigReply reply = await connection.AskAsync(client =>
                client.QuarantineRigAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
            }
            else
            {
                Console.WriteLine(
                    $"{request.Rig} gets no more work until 'harness rig release {request.Rig} --quarantine --reason <text>'");
            }

            return ExitCode.Passed;
        });
        return quarantine;
    }

    private static void Tell(ReleaseRigRequest request, ReleaseRigReply reply)
    {
        if (request.Device.Length > 0)
        {
            Console.WriteLine($"{request.Rig} was asked to let {request.Device} out of quarantine; 'harness rigs' shows when it has");
            return;
        }

        if (request.Quarantine)
        {
            Console.WriteLine($"{request.Rig} is out of quarantine and gets work again");
            return;
        }

        Console.WriteLine($"{request.Rig} is released; {reply.Leases.Count} leases ended");
        foreach (ReleasedLease lease in reply.Leases)
        {
            string next = lease.QueuedAgain ? "queued again" : "left to a person";
            Console.WriteLine($"  {lease.CaseId} ({lease.ExecutionId}), attempt {lease.Attempt}: rig fault; {next}");
        }
    }
}
