using System.IO.MemoryMappedFiles;
using DeviceHarness.Agent.Bench;

namespace DeviceHarness.Agent.Clock;

/// <summary>The time of a scaled bench as its processes share it: a file that each of them maps into its memory.</summary>
/// <remarks>The bench alone writes the time, the agent alone how many dialogues are under way. Safe for use from any thread.</remarks>
internal sealed class SharedClock : IDisposable
{
    private const int Capacity = 4_096;
    private const int RealOffset = 0;
    private const int BenchOffset = 8;
    private const int RateOffset = 16;
    private const int CheckOffset = 24;
    private const int BootOffset = 32;
    private const int HoldsOffset = 128;

    // A piece is four numbers: whoever meets them half written looks again.
    private const int MaximumLooks = 1_000;

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _boot;
    private readonly Lock _gate = new();
    private int _holds;

    private SharedClock(FileStream file, long boot)
    {
        _file = file;
        _boot = boot;
        _map = MemoryMappedFile.CreateFromFile(
            file, null, Capacity, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, Capacity);
    }

    /// <summary>Opens the file of a rig, and makes it when it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static SharedClock Open(string dataFolder, string rig)
    {
        string folder = BenchPaths.Folder(dataFolder, rig);
        Directory.CreateDirectory(folder);
        FileStream file = new(Path.Combine(folder, "clock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        Guid boot = Guid.Parse(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        return new SharedClock(file, BitConverter.ToInt64(boot.ToByteArray()));
    }

    /// <summary>The last piece that the bench wrote since the system started; null when there is none.</summary>
    public ClockPiece? Piece => _view.ReadInt64(BootOffset) == _boot ? ReadWhole() : null;

    /// <summary>Where time stood when it was kept last, whenever that was, UTC ticks; 0 when it never was.</summary>
    public long LastTicks => ReadWhole()?.BenchTicks ?? 0;

    /// <summary>How many dialogues of the agent are under way.</summary>
    public int Holds => _view.ReadInt32(HoldsOffset);

    /// <summary>The bench goes on from here.</summary>
    public void Write(ClockPiece piece)
    {
        _view.Write(CheckOffset, 0L);
        Interlocked.MemoryBarrier();
        _view.Write(RealOffset, piece.RealTicks);
        _view.Write(BenchOffset, piece.BenchTicks);
        _view.Write(RateOffset, piece.Rate);
        _view.Write(BootOffset, _boot);
        Interlocked.MemoryBarrier();
        _view.Write(CheckOffset, piece.Check);
    }

    /// <summary>The agent has just started: whatever an earlier one held, nobody holds now.</summary>
    public void ForgetHolds() => _view.Write(HoldsOffset, 0);

    /// <summary>A dialogue begins or ends.</summary>
    public void Hold(int change)
    {
        lock (_gate)
        {
            _holds += change;
            _view.Write(HoldsOffset, _holds);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }

    private ClockPiece? ReadWhole()
    {
        for (int look = 0; look < MaximumLooks; look++)
        {
            long check = _view.ReadInt64(CheckOffset);
            Interlocked.MemoryBarrier();
            ClockPiece piece = new(_view.ReadInt64(RealOffset), _view.ReadInt64(BenchOffset), _view.ReadInt64(RateOffset));
            Interlocked.MemoryBarrier();
            if (piece.BenchTicks == 0)
            {
                return null;
            }

            if (check == piece.Check && check == _view.ReadInt64(CheckOffset))
            {
                return piece;
            }

            Thread.Yield();
        }

        return null;
    }
}
