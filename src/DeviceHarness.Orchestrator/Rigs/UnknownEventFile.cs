using Google.Protobuf;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Keeps events of leases that this store never gave: a rig's journal outlived the store that it worked for.</summary>
/// <remarks>The store cannot say what they mean and the rig cannot go on until they are acknowledged, so they are kept here, on disk, as
/// length-delimited
/// <c>AttemptEvent</c> messages, for a person.</remarks>
internal sealed class UnknownEventFile(string dataFolder)
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "unknown-events.binpb";

    /// <summary>The largest the file may become, in octets; beyond it events are not acknowledged and stay with the rig.</summary>
    public const long MaximumOctets = 256L * 1024 * 1024;

    private readonly Lock _gate = new();

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataFolder, FileName);

    /// <summary>Appends events and has them on disk when it returns.</summary>
    /// <returns>False when the file is full.</returns>
    public bool TryAppend(IEnumerable<V1.AttemptEvent> events)
    {
        lock (_gate)
        {
            using FileStream file = new(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
            if (file.Length >= MaximumOctets)
            {
                return false;
            }

            foreach (V1.AttemptEvent attemptEvent in events)
            {
                attemptEvent.WriteDelimitedTo(file);
            }

            file.Flush(flushToDisk: true);
            return true;
        }
    }
}
