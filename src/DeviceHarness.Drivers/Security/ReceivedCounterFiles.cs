using System.Buffers.Text;
using System.Globalization;
using DeviceHarness.Codecs.Security;
using Microsoft.Win32.SafeHandles;

namespace DeviceHarness.Drivers.Security;

/// <summary>The counters that were received with one key, in a file of <see cref="SecurityFolder"/> for each sender. A file is made whole
/// and durable; later counters of the sender are written over it in place, which allocates nothing and costs one call.</summary>
internal sealed class ReceivedCounterFiles(SecurityFolder folder, string credentials) : IReceivedCounters
{
    private const int Digits = 10;

    private readonly byte[] _text = new byte[Digits];
    private SafeFileHandle? _file;
    private SystemTitle _sender;

    /// <inheritdoc/>
    public uint? LastOf(SystemTitle sender)
    {
        string file = FileOf(sender);
        return SecurityFolder.Read(file) is not { } text ? null
            : text.Length == Digits && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint last) ? last
            : throw SecurityFolder.Damaged(file);
    }

    /// <inheritdoc/>
    public void Save(SystemTitle sender, uint last)
    {
        string? file = null;
        if (_file is null || sender != _sender)
        {
            MakeDurable();
            Close();
            file = FileOf(sender);
            _sender = sender;
        }

        _ = Utf8Formatter.TryFormat(last, _text, out _, new('D', Digits));
        try
        {
            if (file is not null && !File.Exists(file))
            {
                folder.Write(file, last.ToString("D10", CultureInfo.InvariantCulture));
            }

            _file ??= File.OpenHandle(FileOf(sender), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.Write(_file, _text, fileOffset: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SecurityFolder.Unusable(FileOf(sender), exception);
        }
    }

    /// <inheritdoc/>
    public void MakeDurable()
    {
        try
        {
            if (_file is not null)
            {
                RandomAccess.FlushToDisk(_file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SecurityFolder.Unusable(FileOf(_sender), exception);
        }
    }

    public void Dispose()
    {
        try
        {
            MakeDurable();
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private string FileOf(SystemTitle sender) => folder.PathOf($"received-{credentials}-{sender}");
}
