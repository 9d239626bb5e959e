using DeviceHarness.Agent.Journal;

namespace DeviceHarness.Agent.Tests.Durability;

/// <summary>A disk in memory that loses what was not made durable when the power fails.</summary>
/// <remarks>Of each file it keeps what was flushed; of what was written since, any of the 512-octet sectors may have reached the disk, and
/// the last of those may be torn. A name that was not made durable may be there or not; so may one that was removed.</remarks>
internal sealed class DroppingStorage : IJournalStorage
{
    /// <summary>The octets that a disk writes whole or not at all, but for the one that the power failed in.</summary>
    public const int SectorOctets = 512;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Content> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, Content File)> _removed = [];
    private int _acts;

    /// <summary>Whether a flush makes durable what was written; a test that leaves it out must find losses.</summary>
    public bool Flushes { get; init; } = true;

    /// <summary>Whether making a file makes its name durable; a test that leaves it out must find losses.</summary>
    public bool SyncsNames { get; init; } = true;

    /// <summary>Whether the disk is full: it takes no more octets and no new files.</summary>
    public bool IsFull { get; set; }

    /// <summary>Called before every act that changes the disk, with its number from 1.</summary>
    public Action<int> BeforeAct { get; set; } = static _ => { };

    /// <inheritdoc/>
    public IReadOnlyList<string> List()
    {
        lock (_gate)
        {
            return [.. _files.Keys.Where(name => name.EndsWith(".journal", StringComparison.Ordinal))];
        }
    }

    /// <inheritdoc/>
    public IJournalFile Create(string name)
    {
        lock (_gate)
        {
            Act();
            Refuse();
            Content made = new() { HasDurableName = SyncsNames };
            return _files.TryAdd(name, made) ? new DroppingFile(this, name, made) : throw new IOException($"{name} is there already");
        }
    }

    /// <inheritdoc/>
    public IJournalFile Open(string name)
    {
        lock (_gate)
        {
            return _files.TryGetValue(name, out Content? content)
                ? new DroppingFile(this, name, content)
                : throw new FileNotFoundException(name);
        }
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        lock (_gate)
        {
            Act();
            if (_files.Remove(name, out Content? content))
            {
                _removed.Add((name, content));
            }
        }
    }

    /// <summary>What is on the disk after the power failed now and came back.</summary>
    public DroppingStorage FailPower(Random random)
    {
        lock (_gate)
        {
            DroppingStorage after = new() { Flushes = Flushes, SyncsNames = SyncsNames };
            foreach ((string name, Content content) in _files)
            {
                if (content.HasDurableName || random.Next(2) == 0)
                {
                    after._files[name] = content.AfterLoss(random);
                }
            }

            foreach ((string name, Content content) in _removed)
            {
                if (random.Next(2) == 0 && !after._files.ContainsKey(name))
                {
                    after._files[name] = content.AfterLoss(random);
                }
            }

            return after;
        }
    }

    private void Refuse()
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }
    }

    private void Act() => BeforeAct(++_acts);

    private sealed class Content
    {
        public bool HasDurableName { get; init; }

        public List<byte> Written { get; } = [];

        public byte[] Durable { get; set; } = [];

        public Content AfterLoss(Random random)
        {
            byte[] left = [.. Durable];
            if (Written.Count > Durable.Length || !Written.Take(Durable.Length).SequenceEqual(Durable))
            {
                left = Mix(random);
            }

            Content after = new() { HasDurableName = true, Durable = left };
            after.Written.AddRange(left);
            return after;
        }

        // The length that reached the disk is any between the durable and the written one; a sector that did not reach it is as before.
        private byte[] Mix(Random random)
        {
            int shorter = Math.Min(Durable.Length, Written.Count);
            byte[] left = new byte[random.Next(shorter, Math.Max(Durable.Length, Written.Count) + 1)];
            Durable.AsSpan(0, Math.Min(left.Length, Durable.Length)).CopyTo(left);
            int common = Math.Min(left.Length, Written.Count);
            int torn = random.Next((common / SectorOctets) + 1);
            for (int start = 0; start < common; start += SectorOctets)
            {
                int end = Math.Min(start + SectorOctets, common);
                int reached = random.Next(2) == 0 ? end : start;
                if (start / SectorOctets == torn)
                {
                    reached = random.Next(start, end + 1);
                }

                for (int index = start; index < reached; index++)
                {
                    left[index] = Written[index];
                }
            }

            return left;
        }
    }

    private sealed class DroppingFile(DroppingStorage storage, string name, Content content) : IJournalFile
    {
        public string Path => name;

        public long Length
        {
            get
            {
                lock (storage._gate)
                {
                    return content.Written.Count;
                }
            }
        }

        public void Append(ReadOnlySpan<byte> octets)
        {
            lock (storage._gate)
            {
                storage.Act();
                storage.Refuse();
                content.Written.AddRange(octets);
            }
        }

        public void Flush()
        {
            lock (storage._gate)
            {
                storage.Act();
                if (storage.Flushes)
                {
                    content.Durable = [.. content.Written];
                }
            }
        }

        public int Read(long offset, Span<byte> target)
        {
            lock (storage._gate)
            {
                int count = (int)Math.Clamp(content.Written.Count - offset, 0, target.Length);
                content.Written.Skip((int)offset).Take(count).ToArray().CopyTo(target);
                return count;
            }
        }

        public void Truncate(long length)
        {
            lock (storage._gate)
            {
                storage.Act();
                content.Written.RemoveRange((int)length, content.Written.Count - (int)length);
            }
        }

        public void Dispose()
        {
            // What is not flushed stays with the system, as on a disk.
        }
    }
}
