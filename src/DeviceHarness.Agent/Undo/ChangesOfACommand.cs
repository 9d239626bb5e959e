namespace DeviceHarness.Agent.Undo;

/// <summary>The changes that one command has under way; they end together.</summary>
internal sealed class ChangesOfACommand : IDisposable
{
    private readonly List<IDisposable> _changes = [];

    /// <summary>Adds one; null adds none.</summary>
    public void Add(IDisposable? change)
    {
        if (change is not null)
        {
            _changes.Add(change);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changes.ForEach(change => change.Dispose());
}
