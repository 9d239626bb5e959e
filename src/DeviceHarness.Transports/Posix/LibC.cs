using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary>The system calls that the transports make. Each returns what the call returns; errors are in the last system error.</summary>
/// <remarks><c>open</c> and <c>ioctl</c> are variadic in C; calling them with fixed arguments is right on Linux x86-64 and arm64.</remarks>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial PosixHandle Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "posix_openpt", SetLastError = true)]
    internal static partial PosixHandle OpenPseudoTerminal(int flags);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial PosixHandle CreateEvent(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(nint descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(PosixHandle descriptor, byte* target, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(PosixHandle descriptor, byte* source, nuint count);

    [LibraryImport(Library, EntryPoint = "ppoll", SetLastError = true)]
    internal static partial int Poll(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signalMask);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(PosixHandle descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string source, string target);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport(Library, EntryPoint = "clock_nanosleep")]
    internal static partial int ClockNanosleep(int clock, int flags, TimeSpec* request, TimeSpec* remainder);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(PosixHandle descriptor, nuint request, nint argument);

    /// <summary>Makes a control call with a value, again when a signal interrupts it.</summary>
    internal static int Control(PosixHandle descriptor, uint request, nint argument)
    {
        int result;
        do
        {
            result = Ioctl(descriptor, request, argument);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return result;
    }

    /// <summary>Makes a control call with a structure.</summary>
    internal static int Control<T>(PosixHandle descriptor, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
        {
            return Control(descriptor, request, (nint)pointer);
        }
    }
}
