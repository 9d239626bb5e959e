using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Every check of a bench, one after the other.</summary>
public static class BenchDoctor
{
    // What is kept is looked at before an adapter is opened, which may have it kept anew.
    private static readonly IDoctorCheck[] Checks =
    [
        new TrustCentreBackupCheck(), new ChannelEnergyCheck(), new CertificateCheck(), new AdapterCheck(), new PortCheck(),
        new UsbCheck(), new SupplyCheck(), new IsolationCheck(), new WearCheck(), new DiskCheck(), new ClockCheck(), new VoltageCheck(),
        new OpticalHeadCheck(), new WiringCheck(), new CaseCheck(),
    ];

    /// <summary>The names of the checks, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Checks.Select(check => check.Name)];

    /// <summary>Checks a bench. What is wrong there is a finding, never an exception.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="wishes">What is done beyond looking; null for nothing.</param>
    public static Task<IReadOnlyList<DoctorFinding>> LookAsync(
        RigConfiguration rig, string dataFolder, TimeProvider time, CancellationToken cancellationToken, DoctorWishes? wishes = null)
    {
        ArgumentNullException.ThrowIfNull(rig);
        return LookAsync(new DoctorScene(rig, dataFolder, time) { Wishes = wishes ?? DoctorWishes.None }, cancellationToken);
    }

    /// <summary>Checks what there is to look at.</summary>
    internal static async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        List<DoctorFinding> findings = [];
        foreach (IDoctorCheck check in Checks)
        {
            findings.AddRange(await check.LookAsync(scene, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }
}
