using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DeviceHarness.Guest;

/// <summary>The machine around the guest: reads our lines, and does what only it can.</summary>
/// <remarks>The line is a serial port: the console's own way with terminals would edit and echo.</remarks>
internal sealed class OutsideWorld : IDisposable
{
    private readonly StreamReader _from = new(Open(0, FileAccess.Read), Encoding.UTF8);
    private readonly StreamWriter _to = new(Open(1, FileAccess.Write), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Says a line.</summary>
    public void Tell(string line)
    {
        lock (_to)
        {
            _to.WriteLine(line.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Gives qemu a command.</summary>
    public void Monitor(string command) => Ask($"monitor {command}");

    /// <summary>Plugs in a USB serial adapter.</summary>
    /// <param name="id">Its name at qemu.</param>
    /// <param name="serial">The serial number that it tells.</param>
    /// <param name="wire">What its line ends at.</param>
    public void PlugIn(string id, string serial, string wire) => Ask($"adapter {id} {serial} {wire}");

    /// <summary>Pulls one out.</summary>
    public void PullOut(string id) => Monitor($"device_del {id}");

    /// <summary>What an adapter's chip was told over the bus since the last question, as qemu saw it.</summary>
    /// <param name="pattern">An extended regular expression for one line of qemu's trace.</param>
    /// <returns>The first line of that kind.</returns>
    /// <exception cref="CheckFailedException">There is none.</exception>
    public string Traced(string pattern)
    {
        string line = Ask($"trace {pattern}");
        return line == "nothing of that" ? throw new CheckFailedException($"the chip was told nothing of {pattern}") : line;
    }

    public void Dispose()
    {
        _to.Dispose();
        _from.Dispose();
    }

    private string Ask(string question)
    {
        lock (_to)
        {
            _to.WriteLine($"? {question}");
            return _from.ReadLine() ?? throw new IOException("nobody outside answers");
        }
    }

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
}
