using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary>An eventfd: one thread waits for it together with a port, any thread signals it.</summary>
internal sealed unsafe class EventDescriptor : IDisposable
{
    private const int NonBlockingCloseOnExec = 0x80000 | 0x800;

    internal EventDescriptor()
    {
        Handle = LibC.CreateEvent(0, NonBlockingCloseOnExec);
        if (Handle.IsInvalid)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    internal PosixHandle Handle { get; }

    /// <summary>Wakes the waiting thread; does nothing once closed, since nobody waits then.</summary>
    internal void Signal()
    {
        ulong one = 1;
        try
        {
            _ = LibC.Write(Handle, (byte*)&one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The waiting thread has ended and closed the descriptor: there is nobody left to wake.
            return;
        }
    }

    /// <summary>Takes the signals away again.</summary>
    internal void Clear()
    {
        ulong count = 0;
        _ = LibC.Read(Handle, (byte*)&count, sizeof(ulong));
    }

    public void Dispose() => Handle.Dispose();
}
