namespace DeviceHarness.Store.Tests.Durability;

/// <summary>A folder in which everything that SQLite does is noted, so that the disk can be made as it was when the power failed at any
/// act.</summary>
/// <remarks>What was synced is there. Of what was written since, any of the 512-octet sectors may have reached the disk, and one of them
/// may be torn. A file that was made or removed since its folder was synced may be there or not: SQLite syncs the folder with the first
/// sync of a new file, and with some removals.</remarks>
internal sealed class DroppingDisk : IDisposable
{
    /// <summary>The octets that a disk writes whole or not at all, but for the one that the power failed in.</summary>
    public const int SectorOctets = 512;

    private readonly Lock _gate = new();
    private readonly List<FileAct> _acts = [];

    /// <summary>Makes the folder and notes what happens in it.</summary>
    public DroppingDisk()
    {
        Folder = Directory.CreateTempSubdirectory("dropping-disk-").FullName;
        SqliteFileLayer.Note(this);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>How much happened so far.</summary>
    public int ActCount
    {
        get
        {
            lock (_gate)
            {
                return _acts.Count;
            }
        }
    }

    /// <summary>Notes an act.</summary>
    public void Note(FileAct act)
    {
        lock (_gate)
        {
            _acts.Add(act);
        }
    }

    /// <summary>How often something was done.</summary>
    public int Count(FileActKind kind)
    {
        lock (_gate)
        {
            return _acts.Count(act => act.Kind == kind);
        }
    }

    /// <summary>Makes the disk in another folder as it is after the power failed behind an act.</summary>
    /// <param name="acts">How many acts happened.</param>
    /// <param name="random">What of the rest reached the disk.</param>
    /// <param name="folder">The other folder, empty. A file that was there before the first act is empty there.</param>
    public void FailPower(int acts, Random random, string folder)
    {
        Dictionary<string, Content> files = new(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (FileAct act in _acts.Take(acts))
            {
                if (!files.TryGetValue(act.Path, out Content? content))
                {
                    files[act.Path] = content = new Content();
                }

                if (content.TakesWithFolder(act))
                {
                    foreach (Content other in files.Values)
                    {
                        other.TakeFolderSync();
                    }
                }
            }
        }

        foreach ((string path, Content content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (content.AfterLoss(random) is { } left)
            {
                File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(path)), left);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SqliteFileLayer.Forget(this);
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class Content
    {
        private readonly List<FileAct> _pending = [];
        private byte[] _durable = [];
        private int _length;
        private bool _hasUnsureName;
        private bool _isRemoved;
        private bool _isRemovedForSure;

        /// <summary>Takes an act.</summary>
        /// <returns>Whether the folder is synced with it: what was made or removed in it is durable.</returns>
        public bool TakesWithFolder(FileAct act)
        {
            switch (act.Kind)
            {
                case FileActKind.Open:
                    _hasUnsureName = true;
                    _isRemoved = _isRemovedForSure = false;
                    _pending.Clear();
                    _length = 0;
                    return false;
                case FileActKind.Sync:
                    _pending.ForEach(Apply);
                    _pending.Clear();
                    return _hasUnsureName;
                case FileActKind.Delete:
                    _isRemoved = true;
                    return act.Offset != 0;
                default:
                    _pending.Add(act);
                    return false;
            }
        }

        public void TakeFolderSync()
        {
            _hasUnsureName = false;
            _isRemovedForSure = _isRemoved;
        }

        public byte[]? AfterLoss(Random random)
        {
            if (_isRemovedForSure || (_isRemoved && random.Next(2) == 0) || (_hasUnsureName && random.Next(2) == 0))
            {
                return null;
            }

            int torn = random.Next(_pending.Count + 1);
            for (int index = 0; index < _pending.Count; index++)
            {
                foreach (FileAct piece in Pieces(_pending[index], isTorn: index == torn, random).Where(_ => random.Next(2) == 0))
                {
                    Apply(piece);
                }
            }

            return _durable[.._length];
        }

        private static IEnumerable<FileAct> Pieces(FileAct act, bool isTorn, Random random)
        {
            if (act.Kind != FileActKind.Write)
            {
                yield return act;
                yield break;
            }

            int sectors = (act.Octets.Length + SectorOctets - 1) / SectorOctets;
            int tornSector = isTorn ? random.Next(sectors) : -1;
            for (int sector = 0; sector < sectors; sector++)
            {
                int start = sector * SectorOctets;
                int octets = Math.Min(SectorOctets, act.Octets.Length - start);
                int reached = sector == tornSector ? random.Next(octets) : octets;
                yield return act with { Offset = act.Offset + start, Octets = act.Octets[start..(start + reached)] };
            }
        }

        private void Apply(FileAct act)
        {
            if (act.Kind == FileActKind.Truncate)
            {
                Array.Clear(_durable, (int)Math.Min(act.Offset, _length), _length - (int)Math.Min(act.Offset, _length));
                _length = (int)Math.Min(act.Offset, _length);
                return;
            }

            int end = (int)act.Offset + act.Octets.Length;
            if (end > _durable.Length)
            {
                Array.Resize(ref _durable, Math.Max(end, _durable.Length * 2));
            }

            act.Octets.CopyTo(_durable, (int)act.Offset);
            _length = Math.Max(_length, end);
        }
    }
}
