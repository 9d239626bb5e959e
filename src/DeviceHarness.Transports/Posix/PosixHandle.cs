using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary>An open file descriptor, closed once and never while a call uses it.</summary>
internal sealed class PosixHandle : SafeHandle
{
    /// <summary>Creates an empty handle for the marshaller to fill.</summary>
    public PosixHandle()
        : base(-1, ownsHandle: true)
    {
    }

    /// <summary>Takes over a descriptor that a control call returned.</summary>
    public PosixHandle(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.Close(handle) == 0;
}
