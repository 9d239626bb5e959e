using System.Globalization;
using System.Text;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Security;

/// <summary>Keeps one device's counters and attempts in a folder, readable by its owner only. It holds no key.</summary>
/// <remarks>A file is written whole beside the old one, flushed to the medium, and then takes its name: after a loss of power there is the
/// old one or the new one. A file that cannot be read is an error, never a fresh start: a counter that begins at 0 breaks a key.
/// <code>
/// attempts            failures pending(0/1) proven-credentials(or -) [locked-until, seconds since 1970]
/// counter-16 hex      first free counter, decimal
/// received-16 hex-16 hex   the last counter taken, 10 decimal digits; named after key and sender, written over in place
/// </code>
/// </remarks>
/// <param name="folder">The device's own folder; made when something is first kept.</param>
public sealed class SecurityFolder(string folder) : IDeviceSecurityStore
{
    private const int MaximumFileOctets = 256;
    private const string Nobody = "-";
    private const long MaximumSeconds = 253_402_300_799;

    /// <inheritdoc/>
    public string Place => Path.Combine(folder, "attempts");

    /// <summary>The store of a device in an agent's data folder.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="rig">The rig's name.</param>
    /// <param name="device">The device's name in the rig file.</param>
    public static SecurityFolder Of(string dataFolder, string rig, string device) =>
        new(Path.Combine(dataFolder, "security", rig, device));

    /// <inheritdoc/>
    public AttemptRecord ReadAttempts()
    {
        if (Read(Place) is not { } text)
        {
            return AttemptRecord.None;
        }

        long seconds = 0;
        return text.Split(' ') is [string failures, "0" or "1", string proven, .. string[] locked]
            && int.TryParse(failures, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && (locked is [] || (locked is [string until]
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= MaximumSeconds))
            ? new AttemptRecord(count, text.Split(' ')[1] == "1", proven == Nobody ? string.Empty : proven)
            {
                LockedUntil = locked is [] ? null : DateTimeOffset.FromUnixTimeSeconds(seconds),
            }
            : throw Damaged(Place);
    }

    /// <inheritdoc/>
    public void SaveAttempts(AttemptRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string proven = record.Proven.Length == 0 ? Nobody : record.Proven;
        string locked = record.LockedUntil is { } until
            ? string.Create(CultureInfo.InvariantCulture, $" {until.ToUnixTimeSeconds()}")
            : string.Empty;
        Write(Place, string.Create(CultureInfo.InvariantCulture, $"{record.Failures} {(record.IsPending ? 1 : 0)} {proven}{locked}"));
    }

    /// <inheritdoc/>
    public uint FirstFreeCounter(string credentials)
    {
        string file = CounterFile(credentials);
        return Read(file) is not { } text ? 0
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint firstFree) ? firstFree
            : throw Damaged(file);
    }

    /// <inheritdoc/>
    public IInvocationCounterStore CountersOf(string credentials) => new CounterStore(this, CounterFile(credentials));

    /// <inheritdoc/>
    public IReceivedCounters ReceivedOf(string credentials) => new ReceivedCounterFiles(this, credentials);

    /// <summary>Where a file of this folder is.</summary>
    internal string PathOf(string name) => Path.Combine(folder, name);

    private string CounterFile(string credentials) => Path.Combine(folder, $"counter-{credentials}");

    /// <summary>The text of a file; null when there is none.</summary>
    internal static string? Read(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }

            return new FileInfo(file).Length <= MaximumFileOctets ? File.ReadAllText(file).TrimEnd('\n') : throw Damaged(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    /// <summary>Writes a file whole.</summary>
    internal void Write(string file, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("the harness runs on Linux only");
        }

        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            CreateFolders(folder);
            using (FileStream stream = new(file + ".new", options))
            {
                stream.Write(Encoding.ASCII.GetBytes(text + "\n"));
                stream.Flush(flushToDisk: true);
            }

            File.Move(file + ".new", file, overwrite: true);
            DataFolder.Sync(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    /// <summary>Each folder is made by itself, so that each name is durable.</summary>
    private static void CreateFolders(string path)
    {
        if (!Directory.Exists(path))
        {
            CreateFolders(Path.GetDirectoryName(Path.GetFullPath(path))!);
            DataFolder.Create(path);
        }
    }

    internal static ConfigurationException Unusable(string file, Exception cause) =>
        new("SEC-001", file, 0, 0, "file", cause.Message, "a file that can be read and written");

    internal static ConfigurationException Damaged(string file) =>
        new("SEC-002", file, 0, 0, "file", "another content", "what this harness wrote; ask the meter for its counter before removing it");

    private sealed class CounterStore(SecurityFolder owner, string file) : IInvocationCounterStore
    {
        public void Save(uint firstFree) => owner.Write(file, firstFree.ToString(CultureInfo.InvariantCulture));
    }
}
