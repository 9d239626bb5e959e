using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness rig release</c>: gives a rig up.</summary>
internal static class RigCommand
{
    private const string Examples =
        """
        Examples:
          harness rig release bench-01 --reason "the Pi has no power"
          harness rig release bench-01 --device esme-01 --reason "switched on at the meter"
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> rig = new("rig") { Description = "The rig" };
        Option<string> reason = new("--reason") { Description = "Why; it is kept with each attempt", HelpName = "text", Required = true };
        Option<string> device = new("--device")
        {
            Description = "Let this device out of quarantine, and do nothing else: cases on it run again",
            HelpName = "name",
            DefaultValueFactory = _ => string.Empty,
        };
        Command release = new(
            "release",
            $"""
            Give a rig up: what runs on it ends as a rig fault, never as a failed device. Cases that are safe to repeat go to a spare rig of
            their cycle (run --spare-rig), else they wait for this one; the others wait for a person. It takes work again when its agent
            connects again.

            {Examples}
            """)
        { rig, reason, device };
        release.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            ReleaseRigRequest request = new()
            {
                Rig = parsed.GetRequiredValue(rig),
                Reason = parsed.GetRequiredValue(reason),
                Device = parsed.GetRequiredValue(device),
                By = Environment.UserName,
            };
            ReleaseRigReply reply = await connection.AskAsync(client =>
                client.ReleaseRigAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            if (request.Device.Length > 0)
            {
                Console.WriteLine($"{request.Rig} was asked to let {request.Device} out of quarantine; 'harness rigs' shows when it has");
                return ExitCode.Passed;
            }

            Console.WriteLine($"{request.Rig} is released; {reply.Leases.Count} leases ended");
            foreach (ReleasedLease lease in reply.Leases)
            {
                string next = lease.QueuedAgain ? "queued again" : "left to a person";
                Console.WriteLine($"  {lease.CaseId} ({lease.ExecutionId}), attempt {lease.Attempt}: rig fault; {next}");
            }

            return ExitCode.Passed;
        });
        return new Command(
            "rig",
            $"""
            A rig: 'harness rigs' lists them.

            {Examples}
            """)
        { release };
    }
}
