namespace LaborBridge.Domain;

/// <summary>Where somebody works, seen from home. Derived, never asked.</summary>
public enum PlaceClass
{
    /// <summary>01 乡（镇）内.</summary>
    [Word("乡（镇）内", "within the town", "乡内", "镇内", "乡镇内", "01")]
    WithinTown = 1,

    /// <summary>02 乡（镇）外县内.</summary>
    [Word("乡（镇）外县内", "within the county", "乡外县内", "乡镇外县内", "县内", "02")]
    WithinCounty = 2,

    /// <summary>03 县外省内.</summary>
    [Word("县外省内", "within the province", "省内县外", "省内", "03")]
    WithinProvince = 3,

    /// <summary>04 省外.</summary>
    [Word("省外", "outside the province", "04")]
    OutsideProvince = 4,
}

/// <summary>Derives and writes place classes.</summary>
public static class PlaceClasses
{
    /// <summary>
    /// The class of a workplace for somebody at home in a division; abolished codes count as their successors.
    /// In one county with a town unknown on either side it is <see cref="PlaceClass.WithinCounty"/>; null when a code is too coarse to tell the county within one prefecture.
    /// </summary>
    public static PlaceClass? Of(DivisionCode home, DivisionCode workplace)
    {
        if (home.IsEmpty || workplace.IsEmpty)
            return null;
        var (from, to) = (Divisions.Current(home), Divisions.Current(workplace));
        if (from.Province != to.Province)
            return PlaceClass.OutsideProvince;
        if (from.Prefecture is { } prefecture && to.Prefecture is { } other && prefecture != other)
            return PlaceClass.WithinProvince;
        if (from.County is not { } county || to.County is not { } workCounty)
            return null;
        if (county != workCounty)
            return PlaceClass.WithinProvince;
        return from.Town is { } town && to.Town == town ? PlaceClass.WithinTown : PlaceClass.WithinCounty;
    }

    /// <summary>The two digits of the monitoring system: 01 to 04.</summary>
    public static string Code(this PlaceClass placeClass) => $"0{(int)placeClass}";
}
