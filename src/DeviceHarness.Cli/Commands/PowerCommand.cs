using System.CommandLine;
using System.Globalization;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness power</c>: what switches the supply of a bench, and its emergency stop.</summary>
internal static class PowerCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "power",
        """
        What switches the supply of a bench's devices, and what a person does about its emergency stop.

        Examples:
          harness power list
          harness power acknowledge --rig-config rigs/my-rig/rig.yaml
        """)
    { List(), Acknowledge() };

    private static Command List()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "list",
            """
            Show the feeds of a rig: what switches each, its devices and those behind it, how often it was switched off today, and whether
            the bench is held off by its emergency stop. Nothing is switched.

            Examples:
              harness power list
              harness power list --rig-config rigs/my-rig/rig.yaml --json
            """)
        { rigConfig };
        command.SetAction(parsed =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            PowerListing listing = PowerListing.Of(rig, CommonOptions.DataFolderOf(parsed), TimeProvider.System);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(listing);
            }
            else
            {
                Write(rig, listing);
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static Command Acknowledge()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "acknowledge",
            """
            Let a bench be switched on again after its emergency stop or isolator was used: for the person who stands at the bench and has
            seen that it is safe. The agent takes it at its next look, and drops it while the bench is still isolated.

            Examples:
              harness power acknowledge --rig-config rigs/my-rig/rig.yaml
            """)
        { rigConfig };
        command.SetAction(parsed =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            bool wasHeld = PowerListing.Acknowledge(rig, CommonOptions.DataFolderOf(parsed), TimeProvider.System);
            Console.WriteLine(wasHeld
                ? $"{rig.Name}: acknowledged; the agent lets it be switched on again at its next look, unless it is still isolated"
                : $"{rig.Name}: nothing to acknowledge: no isolation was noticed since the last time");
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(RigConfiguration rig, PowerListing listing)
    {
        if (listing.Feeds.Count == 0)
        {
            Console.WriteLine($"{rig.Name} has no feed that can be switched: see 'power.feeds' of its file");
        }

        foreach (FeedRow feed in listing.Feeds)
        {
            string limit = feed.DailyLimit is { } most ? string.Create(CultureInfo.InvariantCulture, $" of {most}") : string.Empty;
            string source = feed.FedBy is null ? string.Empty : $", fed by {feed.FedBy}";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{feed.Name}: {feed.SwitchedBy}{source}; {string.Join(", ", feed.Devices)}; off {feed.OffToday}{limit} times today"));
        }

        Console.WriteLine(listing switch
        {
            { HasIsolation: false } => "no emergency stop or isolator is wired to the rig",
            { IsIsolated: true } => "held off by its emergency stop: 'harness power acknowledge' at the bench when it is safe",
            _ => "not isolated, as far as the agent has noticed",
        });
    }
}
