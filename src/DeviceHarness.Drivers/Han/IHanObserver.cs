namespace DeviceHarness.Drivers.Han;

/// <summary>Is told what a home area network tells unasked.</summary>
public interface IHanObserver
{
    /// <summary>Something was told. Called by the network's loop: it returns at once and throws nothing.</summary>
    /// <param name="told">What.</param>
    void Told(HanEvent told);
}
