using DeviceHarness.Abstractions.Power;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Control;

/// <summary>Something of a virtual bench that is driven, and goes back when nobody drives it any more.</summary>
internal abstract record DrivenPart
{
    /// <summary>Does what it is built to do when nothing drives it.</summary>
    public abstract void LetGo();
}

/// <summary>A cover that a contact holds open.</summary>
/// <param name="Meter">The meter that it is of.</param>
/// <param name="Cover">The cover.</param>
internal sealed record DrivenCover(VirtualEsme Meter, MeterCover Cover) : DrivenPart
{
    /// <summary>Moves it.</summary>
    /// <param name="isOpen">Whether it is off.</param>
    public void Set(bool isOpen) => Meter.MoveCover(Cover, isOpen);

    /// <inheritdoc/>
    public override void LetGo() => Set(isOpen: false);
}
