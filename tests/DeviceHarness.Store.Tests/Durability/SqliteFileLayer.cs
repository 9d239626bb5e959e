using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeviceHarness.Store.Tests.Durability;

/// <summary>A file layer (VFS) for SQLite that passes everything on to the system's and notes what was written and made durable.</summary>
/// <remarks>The structures are those of <c>sqlite3.h</c>: <c>sqlite3_vfs</c>, <c>sqlite3_io_methods</c>, <c>sqlite3_file</c>. The methods
/// are version 2: without memory-mapped reads, which bring nothing here.</remarks>
internal static unsafe partial class SqliteFileLayer
{
    /// <summary>The layer's name in a connection string.</summary>
    public const string Name = "noting";

    private const int OpenCreate = 0x4;
    private const int CannotOpen = 14;

    // pMethods and our number of the file; the system's sqlite3_file follows.
    private const int HeadOctets = 16;

    private static readonly ConcurrentDictionary<long, string> Paths = new();
    private static readonly ConcurrentDictionary<string, DroppingDisk> Disks = new(StringComparer.Ordinal);
    private static readonly Vfs* System = Find(null);
    private static readonly IoMethods* Methods = MakeMethods();
    private static long s_lastFile;

    /// <summary>Makes the layer known to SQLite, once a process, and has it note what happens in a disk's folder.</summary>
    public static void Note(DroppingDisk disk)
    {
        Disks[disk.Folder] = disk;
        lock (Paths)
        {
            if (Find(Name) is null && Register(MakeLayer(), 0) != 0)
            {
                throw new InvalidOperationException("SQLite does not take the file layer");
            }
        }
    }

    /// <summary>Notes no more of a disk.</summary>
    public static void Forget(DroppingDisk disk) => Disks.TryRemove(disk.Folder, out _);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Vfs* Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(Vfs* layer, int makeDefault);

    private static Vfs* MakeLayer()
    {
        Vfs* layer = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *layer = *System;
        layer->Next = null;
        layer->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        layer->FileOctets = HeadOctets + System->FileOctets;
        layer->Open = &Open;
        layer->Delete = &Delete;
        return layer;
    }

    private static IoMethods* MakeMethods()
    {
        IoMethods* methods = (IoMethods*)NativeMemory.AllocZeroed((nuint)sizeof(IoMethods));
        methods->Version = 2;
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        methods->FileSize = &FileSize;
        methods->Lock = &Lock;
        methods->Unlock = &Unlock;
        methods->CheckReservedLock = &CheckReservedLock;
        methods->FileControl = &FileControl;
        methods->SectorSize = &SectorSize;
        methods->DeviceCharacteristics = &DeviceCharacteristics;
        methods->ShmMap = &ShmMap;
        methods->ShmLock = &ShmLock;
        methods->ShmBarrier = &ShmBarrier;
        methods->ShmUnmap = &ShmUnmap;
        return methods;
    }

    private static SqliteFile* Real(SqliteFile* file) => (SqliteFile*)((byte*)file + HeadOctets);

    private static void Note(SqliteFile* file, FileActKind kind, long offset = 0, void* octets = null, int count = 0)
    {
        if (Paths.TryGetValue(file->Number, out string? path))
        {
            Note(path, kind, offset, count == 0 ? [] : new ReadOnlySpan<byte>(octets, count).ToArray());
        }
    }

    private static void Note(string path, FileActKind kind, long offset, byte[] octets)
    {
        if (Disks.TryGetValue(Path.GetDirectoryName(path) ?? path, out DroppingDisk? disk))
        {
            disk.Note(new FileAct(kind, path, offset, octets));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* layer, byte* name, SqliteFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        SqliteFile* real = Real(file);
        string? path = Marshal.PtrToStringUTF8((nint)name);
        bool isNew = path is not null && (flags & OpenCreate) != 0 && !File.Exists(path);
        int result = System->Open(System, name, real, flags, outFlags);
        if (result != 0 || real->Methods is null)
        {
            return result != 0 ? result : CannotOpen;
        }

        file->Methods = Methods;
        file->Number = Interlocked.Increment(ref s_lastFile);
        if (path is not null)
        {
            Paths[file->Number] = path;
            if (isNew)
            {
                Note(path, FileActKind.Open, 0, []);
            }
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(Vfs* layer, byte* name, int syncFolder)
    {
        int result = System->Delete(System, name, syncFolder);
        if (result == 0)
        {
            Note(Marshal.PtrToStringUTF8((nint)name)!, FileActKind.Delete, syncFolder, []);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        Paths.TryRemove(file->Number, out _);
        return Real(file)->Methods->Close(Real(file));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(SqliteFile* file, void* target, int count, long offset) =>
        Real(file)->Methods->Read(Real(file), target, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, void* octets, int count, long offset)
    {
        int result = Real(file)->Methods->Write(Real(file), octets, count, offset);
        if (result == 0)
        {
            Note(file, FileActKind.Write, offset, octets, count);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long length)
    {
        int result = Real(file)->Methods->Truncate(Real(file), length);
        if (result == 0)
        {
            Note(file, FileActKind.Truncate, length);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags)
    {
        int result = Real(file)->Methods->Sync(Real(file), flags);
        if (result == 0)
        {
            Note(file, FileActKind.Sync);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(SqliteFile* file, long* octets) => Real(file)->Methods->FileSize(Real(file), octets);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(SqliteFile* file, int level) => Real(file)->Methods->Lock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(SqliteFile* file, int level) => Real(file)->Methods->Unlock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(SqliteFile* file, int* isHeld) => Real(file)->Methods->CheckReservedLock(Real(file), isHeld);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(SqliteFile* file, int operation, void* argument) =>
        Real(file)->Methods->FileControl(Real(file), operation, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(SqliteFile* file) => Real(file)->Methods->SectorSize(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(SqliteFile* file) => Real(file)->Methods->DeviceCharacteristics(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(SqliteFile* file, int page, int pageOctets, int extend, void** map) =>
        Real(file)->Methods->ShmMap(Real(file), page, pageOctets, extend, map);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(SqliteFile* file, int offset, int count, int flags) =>
        Real(file)->Methods->ShmLock(Real(file), offset, count, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(SqliteFile* file) => Real(file)->Methods->ShmBarrier(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(SqliteFile* file, int delete) => Real(file)->Methods->ShmUnmap(Real(file), delete);

    [StructLayout(LayoutKind.Sequential)]
    private struct SqliteFile
    {
        public IoMethods* Methods;
        public long Number;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileOctets;
        public int MaximumPath;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, SqliteFile*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;

        // xAccess to xNextSystemCall, which are taken over as they are: 10 of version 1, 1 of version 2, 3 of version 3.
        public Others Rest;
    }

    [InlineArray(14)]
    private struct Others
    {
        private nint _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct IoMethods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
        public delegate* unmanaged[Cdecl]<SqliteFile*, void*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<SqliteFile*, void*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<SqliteFile*, long*, int> FileSize;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int*, int> CheckReservedLock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, void*, int> FileControl;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> DeviceCharacteristics;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int, int, void**, int> ShmMap;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int, int, int> ShmLock;
        public delegate* unmanaged[Cdecl]<SqliteFile*, void> ShmBarrier;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> ShmUnmap;
    }
}
