using System.Globalization;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the disk of the data folder takes what is written, how long a flush takes there, and how much room it has: the journal
/// is flushed before anything is told, and a card that is worn out says so by its flushes.</summary>
internal sealed class DiskCheck : IDoctorCheck
{
    private const int ProbeOctets = 64 * 1024;
    private const int Probes = 8;
    private const long LeastRoom = 512L * 1024 * 1024;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public string Name => "disk";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>([Directory.Exists(scene.DataFolder)
            ? Look(scene)
            : new DoctorFinding(
                Name, scene.DataFolder, DoctorState.Note, "there is no such folder yet", "the first agent makes it; or give --data")]);

    private DoctorFinding Look(DoctorScene scene)
    {
        string path = Path.Combine(scene.DataFolder, string.Create(
            CultureInfo.InvariantCulture, $"doctor-{Environment.ProcessId}.probe"));
        try
        {
            TimeSpan[] flushes = Measure(path, scene.Time);
            long room = new DriveInfo(scene.DataFolder).AvailableFreeSpace;
            string found = string.Create(
                CultureInfo.InvariantCulture,
                $"{ProbeOctets / 1024} KiB are flushed in {flushes[Probes / 2].TotalMilliseconds:F1} ms (median of {Probes}), "
                + $"{flushes[^1].TotalMilliseconds:F1} ms at most; {room / (1024 * 1024)} MiB are free");
            return room < LeastRoom
                ? new DoctorFinding(Name, scene.DataFolder, DoctorState.Wrong, found, "make room: a full disk stops the rig's work")
                : flushes[Probes / 2] > Slow
                    ? new DoctorFinding(Name, scene.DataFolder, DoctorState.Note, found, "use another card, or an SSD: this one is slow")
                    : new DoctorFinding(Name, scene.DataFolder, DoctorState.Good, found, string.Empty);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new DoctorFinding(
                Name, scene.DataFolder, DoctorState.Wrong, $"it takes nothing: {exception.Message}",
                "see that the folder is this user's and the disk not full or read-only");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TimeSpan[] Measure(string path, TimeProvider time)
    {
        byte[] octets = new byte[ProbeOctets];
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        List<TimeSpan> flushes = [];
        for (int probe = 0; probe < Probes; probe++)
        {
            file.Write(octets);
            long began = time.GetTimestamp();
            file.Flush(flushToDisk: true);
            flushes.Add(time.GetElapsedTime(began));
        }

        return [.. flushes.Order()];
    }
}
