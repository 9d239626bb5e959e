using System.CommandLine;
using DeviceHarness.Abstractions.Configuration;
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
        Command command = new(
            "doctor",
            """
            Check the ZigBee adapters of a rig: whether each answers, its firmware, whether it holds a certificate that a production device
            would accept, and the age of the trust centre's backup. Ports, relays, probes and clocks are not looked at yet. Nothing is
            changed; no agent may drive the rig meanwhile.
            Exit code 3 when something is wrong.

            Examples:
              harness doctor --rig-config rigs/han/rig.yaml
              harness doctor --rig-config rigs/han/rig.yaml --json
            """)
        { rigConfig };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<DoctorFinding> findings = await BenchDoctor.LookAsync(
                RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)),
                DataFolder.Resolve(parsed.GetValue(CommonOptions.Data)), TimeProvider.System, cancellationToken).ConfigureAwait(false);
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

        if (findings.Count == 0)
        {
            Console.WriteLine($"nothing to check: the rig has no ZigBee adapter (checks: {string.Join(", ", BenchDoctor.Names)})");
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
