using System.CommandLine;
using DeviceHarness.Cli.Han;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness han</c>: the home area network of a rig, for a person at the bench.</summary>
internal static class HanCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "han",
        """
        The home area network behind a ZigBee adapter of a rig: form it, let devices in, see who is there, listen. No agent may drive the
        rig meanwhile; a virtual rig's bench has to be up: harness bench up.

        Examples:
          harness han form --rig-config rigs/han/rig.yaml
          harness han permit gsme-01 --rig-config rigs/han/rig.yaml
          harness han devices --rig-config rigs/han/rig.yaml
          harness han sniff --for 60 --rig-config rigs/han/rig.yaml
          harness han capture evidence.json -o evidence.pcapng
        """)
    {
        HanFormCommand.Create(), HanRestoreCommand.Create(), HanJoinCommand.Create(), HanPermitCommand.Create(),
        HanDevicesCommand.Create(),
        HanCompareCommand.Create(), HanLeaveCommand.Create(), HanSniffCommand.Create(), HanCaptureCommand.Create(),
    };
}
