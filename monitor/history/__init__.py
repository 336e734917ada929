"""Who led what, and which figures stood, on any day: derived from the sightings, with what each answer rests on."""
