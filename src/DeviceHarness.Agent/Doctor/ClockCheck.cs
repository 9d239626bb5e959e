namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the machine's clock is kept: a Raspberry Pi without a battery clock starts with the time of its last stop.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    private const string Synchronized = "run/systemd/timesync/synchronized";
    private const string BatteryClock = "dev/rtc0";

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        bool isKept = File.Exists(Path.Combine(scene.Root, Synchronized));
        bool hasBattery = File.Exists(Path.Combine(scene.Root, BatteryClock));
        string battery = hasBattery ? "it has a battery clock" : "it has no battery clock";
        DoctorFinding finding = isKept
            ? new DoctorFinding(Name, Environment.MachineName, DoctorState.Good, $"kept by systemd-timesyncd; {battery}", string.Empty)
            : new DoctorFinding(
                Name, Environment.MachineName, DoctorState.Note,
                $"systemd-timesyncd has not set it since the start (another program may); {battery}",
                "see 'timedatectl': stamps of evidence, certificates and firmware dates are of this clock");
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([finding]);
    }
}
