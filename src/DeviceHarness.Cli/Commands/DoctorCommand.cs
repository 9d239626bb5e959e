using System.CommandLine;
using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness doctor</c>: what is wrong with a bench, and what to do about it.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<bool> optical = new("--optical")
        {
            Description = "Try each optical head by ten sign-ons: octets go to the devices behind them, and change nothing",
        };
        Option<bool> wiring = new("--wiring")
        {
            Description = "Switch each feed off and on, and let its contact go as when the agent dies: what is fed loses its supply",
        };
        Option<string[]> cases = new("--cases")
        {
            Description = "Tell which cases of built-in packs the rig can run with what its file has, and why not the others",
            HelpName = "pack",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Command command = new(
            "doctor",
            """
            Check a bench: whether each port opens, how late its adapter is and who holds it otherwise; where adapters are on the USB; what
            the supply inputs see, whether relay boards answer, how feeds are wired; the emergency stop; ZigBee adapters with firmware,
            certificates and backup; disk, clock and, on a Raspberry Pi, voltage. Each finding says what to do. Nothing is switched, and
            no octet goes to a device, unless --optical or --wiring asks for it. Disconnect the devices before --wiring: it proves by
            the inputs that each feed switches what the rig file says, and that the contact feeds when the agent dies.
            Exit code 3 when something is wrong.

            Examples:
              harness doctor
              harness doctor --rig-config rigs/han/rig.yaml
              harness doctor --rig-config rigs/han/rig.yaml --json
              harness doctor --cases dmct-smoke firmware
              harness doctor --optical --wiring --rig-config my-rig.yaml
            """)
        { rigConfig, optical, wiring, cases };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<DoctorFinding> findings = await BenchDoctor.LookAsync(
                RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)),
                CommonOptions.DataFolderOf(parsed), TimeProvider.System, cancellationToken,
                new DoctorWishes
                {
                    TriesHeads = parsed.GetValue(optical),
                    MovesContacts = parsed.GetValue(wiring),
                    Packs = parsed.GetValue(cases) ?? [],
                }).ConfigureAwait(false);
            Write(findings, parsed.GetValue(CommonOptions.Json));
            return findings.Any(finding => finding.State == DoctorState.Wrong) ? ExitCode.Infrastructure : ExitCode.Passed;
        });
        return command;
    }

    private static void Write(IReadOnlyList<DoctorFinding> findings, bool isJson)
    {
        if (isJson)
        {
            JsonText.Write(new { Checks = BenchDoctor.Names, Findings = findings });
            return;
        }

        foreach (DoctorFinding finding in findings)
        {
            Console.WriteLine($"{finding.State.ToString().ToLowerInvariant(),-5}  {finding.Check} {finding.Subject}: {finding.Found}");
            if (finding.Advice.Length > 0)
            {
                Console.WriteLine($"       do: {finding.Advice}");
            }
        }
    }
}
